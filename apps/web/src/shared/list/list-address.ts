import type { SortOrder } from '@huiyue/contracts'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

/** A schema of the contracts. */
interface FilterShape<V = unknown> {
  safeParse(text: unknown): { success: true; data: V } | { success: false }
}
/** Name in the address → what may stand there; what does not fit is ignored. */
export type FilterShapes = Record<string, FilterShape>
type ValueOf<F> = F extends FilterShape<infer V> ? V : never
export type FilterValues<F extends FilterShapes> = { [K in keyof F]?: ValueOf<F[K]> | undefined }

export interface ListShape<F extends FilterShapes, S extends string> {
  filters: F
  /** The columns one may sort by, and how it is sorted unless the address says otherwise. */
  sorts?: readonly S[]
  sort?: S
  order?: SortOrder
  pageSizes?: readonly [number, ...number[]]
}

/** What of a list stands in the address. */
export interface ListState<F extends FilterShapes, S extends string> {
  filters: FilterValues<F>
  sort: S | undefined
  order: SortOrder
  /** Counted from 1. */
  page: number
  pageSize: number
}

export const usualPageSizes = [20, 50, 100] as const

export function readAddress<F extends FilterShapes, S extends string>(
  shape: ListShape<F, S>,
  query: LocationQuery,
): ListState<F, S> {
  const textOf = (name: string) => [query[name]].flat()[0] ?? undefined
  const filters: FilterValues<F> = {}
  for (const name of Object.keys(shape.filters) as (keyof F & string)[]) {
    const text = textOf(name)
    if (!text) continue
    const parsed = shape.filters[name]?.safeParse(text)
    if (parsed?.success && parsed.data !== '') filters[name] = parsed.data as ValueOf<F[typeof name]>
  }
  const sizes: readonly number[] = shape.pageSizes ?? usualPageSizes
  const [page, size] = [Number(textOf('page')), Number(textOf('size'))]
  const order = textOf('order')
  return {
    filters,
    sort: shape.sorts?.find((sort) => sort === textOf('sort')) ?? shape.sort,
    order: order === 'asc' || order === 'desc' ? order : (shape.order ?? 'asc'),
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
    pageSize: sizes.includes(size) ? size : (sizes[0] ?? usualPageSizes[0]),
  }
}

/** The address for that state; what is usual is left out, what is not the list's own stays. */
export function writeAddress<F extends FilterShapes, S extends string>(
  shape: ListShape<F, S>,
  state: ListState<F, S>,
  query: LocationQuery,
): LocationQueryRaw {
  const sizes = shape.pageSizes ?? usualPageSizes
  const own: Record<string, unknown> = {
    ...Object.fromEntries(Object.keys(shape.filters).map((name) => [name, state.filters[name]])),
    sort: state.sort === shape.sort ? undefined : state.sort,
    order: state.order === (shape.order ?? 'asc') ? undefined : state.order,
    page: state.page > 1 ? state.page : undefined,
    size: state.pageSize === sizes[0] ? undefined : state.pageSize,
  }
  const written: LocationQueryRaw = {}
  for (const [name, value] of Object.entries({ ...query, ...own }))
    if (value !== undefined && value !== '') written[name] = name in own ? String(value) : (value as string)
  return written
}
