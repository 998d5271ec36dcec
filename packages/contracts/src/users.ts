import * as z from 'zod/mini'
import { id, line, locale } from './common'
import { permission, role } from './permissions'
import { wechatBinding } from './wechat-binding'

/** A colleague as other colleagues see them. */
export const userSummary = z.object({
  id,
  name: z.string(),
  username: z.string(),
  department: z.nullable(z.string()),
  /** False: never logged in to the mini program, so WeChat cannot reach them. */
  wechatBound: z.boolean(),
})
export type UserSummary = z.infer<typeof userSummary>

/** The signed-in person. */
export const currentUser = z.object({
  id,
  username: z.string(),
  name: z.string(),
  department: z.nullable(z.string()),
  locale,
  roles: z.array(role),
  permissions: z.array(permission),
})
export type CurrentUser = z.infer<typeof currentUser>

export const me = z.object({
  user: currentUser,
  roles: z.array(role),
  permissions: z.array(permission),
  wechat: wechatBinding,
})
export type Me = z.infer<typeof me>

export const listUsersQuery = z.object({
  search: z.optional(line(64)),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20),
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
})
