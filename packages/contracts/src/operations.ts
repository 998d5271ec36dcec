import type * as z from 'zod/mini'
import { bookingOperations } from './operations/booking'
import { historyOperations } from './operations/history'
import { importOperations } from './operations/import'
import { meOperations } from './operations/me'
import type { Operation } from './operations/operation'
import { peopleOperations } from './operations/people'
import { sessionOperations } from './operations/session'

export type { Operation } from './operations/operation'

export const apiPrefix = '/api/v1'

/**
 * Every call of the API, once: the server routes and validates by this list, the OpenAPI document is made from it,
 * and both clients are typed by it.
 */
export const operations = {
  ...sessionOperations,
  ...meOperations,
  ...bookingOperations,
  ...peopleOperations,
  ...importOperations,
  ...historyOperations,
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof operations

type Ops = typeof operations
type In<S> = S extends z.core.$ZodType ? z.input<S> : never
type Out<S> = S extends z.core.$ZodType ? z.output<S> : never
/** A query is given as the values it means (`roomIds: string[]`), each of them optional where a default stands in. */
type QueryIn<S> = S extends z.core.$ZodType
  ? { [K in keyof z.input<S> as undefined extends z.input<S>[K] ? never : K]: Out<S>[K & keyof Out<S>] } & {
      [K in keyof z.input<S> as undefined extends z.input<S>[K] ? K : never]?: Out<S>[K & keyof Out<S>] | undefined
    }
  : never

/** What a client gives to call an operation. */
export type OperationRequest<K extends OperationId> = {
  [P in 'params' | 'body' | 'headers' as Ops[K] extends Record<P, z.core.$ZodType> ? P : never]: Ops[K] extends Record<
    P,
    infer S
  >
    ? In<S>
    : never
} & (Ops[K] extends { query: infer S } ? { query: QueryIn<S> } : unknown)

/** What a successful call answers. */
export type OperationResponse<K extends OperationId> = Ops[K] extends { response: infer S } ? Out<S> : void
