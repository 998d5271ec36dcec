/** Words that all lists share. */
export const list = {
  list: {
    total: '共 {count} 条',
    clearFilters: '清除筛选',
    nothingFound: '没有符合条件的内容',
    nothingFoundHint: '换个关键词，或者放宽筛选条件。',
    sortBy: '排序',
    ascending: '升序',
    descending: '降序',
    choosePage: '选中本页全部',
    choose: '选中 {name}',
    details: '展开 {name} 的详情',
    actions: '操作',
    inZone: '{time}（{zone}）',
  },
} as const
