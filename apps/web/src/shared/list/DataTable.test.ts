import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { i18n, setLocale } from '@/messages'
import type { Column } from './columns'
import DataTable from './DataTable.vue'

const columns: Column<'name' | 'createdAt'>[] = [
  { key: 'name', label: '姓名', sort: 'name', head: true },
  { key: 'createdAt', label: '创建时间', sort: 'createdAt' },
  { key: 'note', label: '备注' },
]
const items = ['u1', 'u2'].map((id) => ({ id, name: `人${id}` }))

function open(props: object = {}) {
  return mount(DataTable, {
    props: {
      columns,
      items,
      caption: '用户',
      nameOf: (row: { id: string }) => `人${row.id}`,
      sort: 'name',
      order: 'asc',
      selectable: true,
      ...props,
    },
    slots: { name: '<template #name="{ row }">{{ row.name }}</template>', detail: '<p class="more">more</p>' },
    global: { plugins: [i18n] },
  })
}

beforeEach(() => setLocale('zh-CN', false))

describe('a table of a list', () => {
  it('tells by which column it is sorted and turns that order around', async () => {
    const table = open()
    const headers = table.findAll('th[aria-sort]').map((header) => header.attributes('aria-sort'))
    expect(headers).toEqual(['ascending', 'none'])
    await table.get('[data-test="sort-name"]').trigger('click')
    await table.get('[data-test="sort-createdAt"]').trigger('click')
    expect(table.emitted('sort')).toEqual([
      ['name', 'desc'],
      ['createdAt', 'asc'],
    ])
  })

  it('choosing a page keeps those chosen on other pages', async () => {
    const table = open({ selected: new Set(['elsewhere']) })
    await table.get('[data-test="choose-page"] input').setValue(true)
    expect(table.emitted('update:selected')).toEqual([[new Set(['elsewhere', 'u1', 'u2'])]])
  })

  it('unfolds a row and says so', async () => {
    const table = open()
    const button = table.get('[data-test="unfold"]')
    expect([button.attributes('aria-expanded'), button.attributes('aria-label')]).toEqual(['false', '展开 人u1 的详情'])
    await button.trigger('click')
    expect(button.attributes('aria-expanded')).toBe('true')
    expect(table.findAll('.more')).toHaveLength(1)
  })

  it('cells carry their heading for narrow screens', () => {
    expect(
      open()
        .findAll('tbody tr')[0]
        ?.findAll('td[data-label]')
        .map((cell) => cell.attributes('data-label')),
    ).toEqual(['创建时间', '备注'])
  })
})
