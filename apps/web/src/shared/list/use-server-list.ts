import type { SortOrder } from '@huiyue/contracts'
import { isCancel } from 'axios'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { toApiError, type ApiError } from '@/http/api-error'
import {
  readAddress,
  usualPageSizes,
  writeAddress,
  type FilterShapes,
  type FilterValues,
  type ListShape,
  type ListState,
} from './list-address'

export type ListQuery<F extends FilterShapes, S extends string> = FilterValues<F> & {
  sort?: S
  order?: SortOrder
  limit: number
  offset: number
}

export interface ListOptions<Item, F extends FilterShapes, S extends string> extends ListShape<F, S> {
  ask(query: ListQuery<F, S>, signal: AbortSignal): Promise<{ items: Item[]; total: number }>
}

const searchDelayMs = 300

/**
 * A list that the server searches, filters, sorts and cuts into pages. What is shown is decided by the address alone, so
 * that reloading, going back and sending a link keep it. Read it as an object; destructured it is a snapshot.
 */
export function useServerList<Item extends { id: string }, F extends FilterShapes, S extends string = never>(
  options: ListOptions<Item, F, S>,
) {
  const route = useRoute()
  const router = useRouter()
  const ownRoute = route.name

  const items = shallowRef<Item[] | null>(null)
  const total = ref(0)
  const loading = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const state = shallowRef(readAddress(options, route.query))
  const typed = ref(searchOf(state.value))
  let timer: number | undefined
  let running: AbortController | null = null

  const pages = computed(() => Math.max(1, Math.ceil(total.value / state.value.pageSize)))
  const filtered = computed(() => Object.values(state.value.filters).some((value) => value !== undefined))

  async function refresh(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    const { filters, sort, order, page, pageSize } = state.value
    const query = {
      ...filters,
      ...(sort === undefined ? {} : { sort, order }),
      limit: pageSize,
      offset: (page - 1) * pageSize,
    }
    try {
      const answer = await options.ask(query, mine.signal)
      if (running !== mine) return
      total.value = answer.total
      error.value = null
      // The page one was on has emptied meanwhile.
      if (answer.items.length === 0 && answer.total > 0 && page > pages.value) return go({ page: pages.value }, true)
      items.value = answer.items
    } catch (thrown) {
      if (running !== mine || isCancel(thrown)) return
      error.value = toApiError(thrown)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  /** A search still being typed goes along with whatever else is changed. */
  function go(change: Partial<ListState<F, S>>, replace = false): void {
    window.clearTimeout(timer)
    const next = { ...state.value, ...change }
    if ('search' in options.filters) next.filters = { ...next.filters, search: typed.value.trim() || undefined }
    const query = writeAddress(options, next, route.query)
    void (replace ? router.replace({ query }) : router.push({ query }))
  }

  watch(
    () => route.query,
    (query) => {
      if (route.name !== ownRoute) return
      const next = readAddress(options, query)
      if (JSON.stringify(next) === JSON.stringify(state.value)) return
      const search = searchOf(next)
      if (search !== searchOf(state.value) && search !== typed.value.trim()) typed.value = search
      state.value = next
      void refresh()
    },
  )
  void refresh()

  // The page one is going to may take a while to load; until then this one is still here.
  const stopGuarding = router.beforeEach((to) => {
    if (to.path !== route.path) window.clearTimeout(timer)
  })
  const backOnline = () => {
    if (error.value) void refresh()
  }
  window.addEventListener('online', backOnline)
  onScopeDispose(() => {
    stopGuarding()
    window.removeEventListener('online', backOnline)
    window.clearTimeout(timer)
    running?.abort()
  })

  return {
    /** Null until the first answer. */
    get items() {
      return items.value
    },
    get total() {
      return total.value
    },
    get loading() {
      return loading.value
    },
    /** Why the newest look failed; earlier items stay. */
    get error() {
      return error.value
    },
    get filters(): Readonly<FilterValues<F>> {
      return state.value.filters
    },
    get filtered() {
      return filtered.value
    },
    get sort() {
      return state.value.sort
    },
    get order() {
      return state.value.order
    },
    get page() {
      return state.value.page
    },
    get pages() {
      return pages.value
    },
    get pageSize() {
      return state.value.pageSize
    },
    pageSizes: options.pageSizes ?? usualPageSizes,
    /** What stands in the search box; asked for when typing pauses. */
    get search() {
      return typed.value
    },
    refresh,
    searchFor(text: string): void {
      typed.value = text
      window.clearTimeout(timer)
      // The beginning of a search is a step to come back from, refining it is not.
      const refining = searchOf(state.value) !== ''
      timer = window.setTimeout(() => go({ page: 1 }, refining), searchDelayMs)
    },
    /** Other filters stay; undefined takes one away. */
    filter(values: FilterValues<F>): void {
      go({ filters: { ...state.value.filters, ...values }, page: 1 })
    },
    clearFilters(): void {
      typed.value = ''
      go({ filters: {}, page: 1 })
    },
    sortBy(sort: S, order: SortOrder): void {
      go({ sort, order, page: 1 })
    },
    goTo(page: number): void {
      go({ page })
    },
    resize(pageSize: number): void {
      go({ pageSize, page: 1 })
    },
    /** Shows what the server has just answered of one item. */
    take(item: Item): void {
      items.value = items.value?.map((one) => (one.id === item.id ? item : one)) ?? null
    },
  }
}

function searchOf<F extends FilterShapes, S extends string>({ filters }: ListState<F, S>): string {
  return typeof filters.search === 'string' ? filters.search : ''
}

/** What the parts around a list need to know of it. */
export type ListView = Pick<
  ReturnType<typeof useServerList>,
  | 'items'
  | 'total'
  | 'loading'
  | 'error'
  | 'filtered'
  | 'search'
  | 'page'
  | 'pages'
  | 'pageSize'
  | 'pageSizes'
  | 'refresh'
  | 'searchFor'
  | 'clearFilters'
  | 'goTo'
  | 'resize'
>
