import type { list as reference } from '../zh-cn/list'
import type { Like } from '../shape'

export const list = {
  list: {
    total: 'Total: {count}',
    clearFilters: 'Clear filters',
    nothingFound: 'Nothing matches',
    nothingFoundHint: 'Try another word, or ask for less.',
    sortBy: 'Sort by',
    ascending: 'Ascending',
    descending: 'Descending',
    choosePage: 'Choose all on this page',
    choose: 'Choose {name}',
    details: 'Show details of {name}',
    actions: 'Actions',
    inZone: '{time} ({zone})',
  },
} as const satisfies Like<typeof reference>
