import * as z from 'zod/mini'
import { id } from '../common'
import type { ErrorCode } from '../errors'
import type { Permission } from '../permissions'

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string
  tag: string
  summary: string
  /** Who may call it at all; what they may do with one object is the feature's policy. */
  access: 'public' | 'signed-in' | Permission
  params?: z.core.$ZodType
  query?: z.core.$ZodType
  headers?: z.core.$ZodType
  body?: z.core.$ZodType
  status: 200 | 201 | 204
  response?: z.core.$ZodType
  /** Answers a file of this type instead of JSON. */
  produces?: 'text/csv'
  /** Longest body, in bytes; 64 KiB unless said. */
  maxBodyBytes?: number
  /** May be called while the password is still one that somebody else gave. */
  beforePasswordChange?: true
  /** Beyond those every operation can answer. */
  errors: readonly ErrorCode[]
}

export const byId = z.object({ id })
