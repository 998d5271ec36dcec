import type { operations, OperationId } from '@huiyue/contracts'
import type { z } from 'zod'
import type { ClientInfo } from '../client/describe-client'
import type { Actor } from '../session/actor'

type Ops = typeof operations
type Parsed<K extends OperationId, P extends string> = Ops[K] extends { [Q in P]: infer S extends z.core.$ZodType }
  ? z.output<S>
  : undefined

/** One call of an operation, after everything that came from outside has been checked against the contract. */
export interface Call<K extends OperationId> {
  params: Parsed<K, 'params'>
  query: Parsed<K, 'query'>
  headers: Parsed<K, 'headers'>
  body: Parsed<K, 'body'>
  /** Who calls; public operations have nobody. */
  actor: Ops[K]['access'] extends 'public' ? undefined : Actor
  /** Where it comes from. */
  client: ClientInfo
  requestId: string
}
