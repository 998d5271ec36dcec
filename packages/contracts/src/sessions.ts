import * as z from 'zod/mini'
import { clientId } from './auth'
import { id, instant, line, pageQuery, sortOrder } from './common'

export const loginMethods = ['password', 'wechat'] as const
export const loginMethod = z.enum(loginMethods)
export type LoginMethod = z.infer<typeof loginMethod>

/** One login on one device, until it ends. */
export const session = z.object({
  id,
  clientId,
  method: loginMethod,
  /** Browser and system in words, such as `Chrome 130 · Windows`; empty when nothing is known. */
  device: z.string(),
  /** IP address seen last. */
  address: z.string(),
  /** Where that address is registered, roughly and offline; null when unknown. */
  place: z.nullable(z.string()),
  createdAt: instant,
  /** To within some minutes. */
  lastSeenAt: instant,
  /** When it ends at the latest, however often it is refreshed. */
  endsAt: instant,
  /** The one this call was made with. */
  current: z.boolean(),
})
export type Session = z.infer<typeof session>

export const staffSession = z.extend(session, {
  user: z.object({ id, name: z.string(), username: z.string() }),
})
export type StaffSession = z.infer<typeof staffSession>

export const sessionSorts = ['lastSeenAt', 'createdAt', 'user'] as const
export const listSessionsQuery = z.object({
  userId: z.optional(id),
  clientId: z.optional(clientId),
  /** In the person's name and username, or the start of the address. */
  search: z.optional(line(64)),
  sort: z._default(z.enum(sessionSorts), 'lastSeenAt'),
  order: z._default(sortOrder, 'desc'),
  ...pageQuery(100, 20),
})

export const endedSessions = z.object({ ended: z.int() })
