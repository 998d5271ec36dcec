import { accountStatus, booleanQuery, id, line } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { ApiError } from '@/http/api-error'
import { useServerList, type ListQuery } from './use-server-list'

const filters = { search: line(64), departmentId: id, status: accountStatus, wechatBound: booleanQuery }
type Query = ListQuery<typeof filters, 'name' | 'createdAt'>
interface Item {
  id: string
}
type Answer = { items: Item[]; total: number }

const answerOf = (...ids: string[]): Answer => ({ items: ids.map((one) => ({ id: one })), total: ids.length })

async function open(path: string, ask: (query: Query, signal: AbortSignal) => Promise<Answer>) {
  let list: ReturnType<typeof useServerList<Item, typeof filters, 'name' | 'createdAt'>> | undefined
  const page = defineComponent(() => {
    list = useServerList({ filters, sorts: ['name', 'createdAt'], sort: 'name', ask })
    return () => h('p')
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/people', name: 'people', component: page, meta: { title: 'app.name' } },
      { path: '/slow', component: () => new Promise<never>(() => undefined), meta: { title: 'app.name' } },
      { path: '/:rest(.*)', component: { template: '<p />' }, meta: { title: 'app.name' } },
    ],
  })
  await router.push(path)
  const view = mount({ render: () => h(RouterView) }, { global: { plugins: [router] } })
  await flushPromises()
  if (!list) throw new Error('not mounted')
  return { list, router, view }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a list of the server', () => {
  it('asks for what the address says, in the types the contract means', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    await open('/people?search=li&status=active&wechatBound=false&sort=createdAt&order=desc&page=3&size=50', ask)
    expect(ask).toHaveBeenCalledTimes(1)
    expect(ask.mock.lastCall?.[0]).toEqual({
      ...{ search: 'li', status: 'active', wechatBound: false, sort: 'createdAt', order: 'desc' },
      ...{ limit: 50, offset: 100 },
    })
  })

  it('ignores what cannot be meant', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    const { list } = await open('/people?status=nobody&sort=password&page=-2&size=9999', ask)
    expect(ask.mock.lastCall?.[0]).toMatchObject({ sort: 'name', order: 'asc', limit: 20, offset: 0 })
    expect(list.filtered).toBe(false)
  })

  it('a filter goes to the first page, into the address, and back takes it away again', async () => {
    const ask = vi.fn(async (_query: Query) => ({ items: [{ id: 'u1' }], total: 90 }))
    const { list, router } = await open('/people?page=2&tab=x', ask)
    list.filter({ status: 'disabled' })
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ status: 'disabled', tab: 'x' })
    expect(ask.mock.lastCall?.[0]).toMatchObject({ status: 'disabled', offset: 0 })

    router.back()
    await flushPromises()
    expect(list.page).toBe(2)
    expect(list.filters.status).toBeUndefined()
    expect(ask.mock.lastCall?.[0]).toMatchObject({ offset: 20 })
  })

  it('searches when typing pauses, once', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    const { list, router } = await open('/people', ask)
    for (const text of ['h', 'ha', 'han']) list.searchFor(text)
    await vi.advanceTimersByTimeAsync(400)
    await flushPromises()
    expect(ask.mock.calls.map(([query]) => query.search)).toEqual([undefined, 'han'])
    expect(router.currentRoute.value.query).toEqual({ search: 'han' })
  })

  it('a search still being typed does not bring one back who is leaving for a page that loads slowly', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    const { list, router } = await open('/people', ask)
    list.searchFor('han')
    void router.push('/slow')
    await vi.advanceTimersByTimeAsync(400)
    expect(router.currentRoute.value.fullPath).toBe('/people')
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('what is still being typed goes along with a filter', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    const { list } = await open('/people', ask)
    list.searchFor('han')
    list.filter({ status: 'active' })
    await flushPromises()
    expect(ask.mock.lastCall?.[0]).toMatchObject({ search: 'han', status: 'active' })
  })

  it('an answer that comes too late does not replace a newer one', async () => {
    const slow: ((answer: Answer) => void)[] = []
    const signals: AbortSignal[] = []
    const { list } = await open('/people', (_query, signal) => {
      signals.push(signal)
      return new Promise((resolve) => slow.push(resolve))
    })
    list.filter({ status: 'active' })
    await flushPromises()
    slow[1]?.(answerOf('new'))
    await flushPromises()
    slow[0]?.(answerOf('old', 'older'))
    await flushPromises()
    expect(list.items).toEqual([{ id: 'new' }])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  })

  it('a failure keeps what is shown, and being online again mends it', async () => {
    let failing = false
    const ask = vi.fn(async () => {
      if (failing) throw new ApiError('NETWORK')
      return answerOf('u1')
    })
    const { list } = await open('/people', ask)
    failing = true
    await list.refresh()
    expect(list.error?.code).toBe('NETWORK')
    expect(list.items).toHaveLength(1)
    failing = false
    window.dispatchEvent(new Event('online'))
    await flushPromises()
    expect(list.error).toBeNull()
  })

  it('goes to the last page when the one in the address is empty by now', async () => {
    const ask = vi.fn(async ({ offset }: Query) => ({ items: offset < 40 ? [{ id: 'u1' }] : [], total: 31 }))
    const { list, router } = await open('/people?page=5', ask)
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ page: '2' })
    expect(list.items).toHaveLength(1)
  })

  it('clearing takes away all filters, with what stands in the search box', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf())
    const { list, router } = await open('/people?search=x&status=erased&sort=createdAt', ask)
    expect(list.filtered).toBe(true)
    list.clearFilters()
    await flushPromises()
    expect(list.search).toBe('')
    expect(router.currentRoute.value.query).toEqual({ sort: 'createdAt' })
  })

  it('asks for nothing more once one has left for another page', async () => {
    const ask = vi.fn(async (_query: Query) => answerOf('u1'))
    const { router } = await open('/people', ask)
    await router.push('/elsewhere?search=x')
    await flushPromises()
    expect(ask).toHaveBeenCalledTimes(1)
  })
})
