import * as z from 'zod/mini'
import { emailAddress, id, line, locale, mobileNumber, pageQuery, requiredLine, timeZone } from './common'
import { permission, roleAssignment } from './permissions'
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
  mobile: z.nullable(z.string()),
  email: z.nullable(z.string()),
  locale,
  /** IANA name in which this person wants to read past moments (sessions, logs); null: the organisation's. */
  timeZone: z.nullable(z.string()),
  /** The password was given by somebody else: until it is changed, every call but those of the own account is refused. */
  mustChangePassword: z.boolean(),
  /** Ids of the roles held. */
  roles: z.array(id),
  assignments: z.array(roleAssignment),
  /** What the roles allow, at least somewhere. */
  permissions: z.array(permission),
})
export type CurrentUser = z.infer<typeof currentUser>

export const me = z.object({
  user: currentUser,
  roles: z.array(id),
  permissions: z.array(permission),
  wechat: wechatBinding,
})
export type Me = z.infer<typeof me>

/** What people change about themselves; only what is named changes. */
export const updateMeInput = z.object({
  locale: z.optional(locale),
  timeZone: z.optional(z.nullable(timeZone)),
  mobile: z.optional(z.nullable(mobileNumber)),
  email: z.optional(z.nullable(emailAddress)),
})
export type UpdateMeInput = z.input<typeof updateMeInput>

export const listUsersQuery = z.object({
  search: z.optional(line(64)),
  ...pageQuery(100, 20),
})

/** How people are called when they log in: letters of any script, digits, and `. _ - @` inside. */
export const username = requiredLine(64).check(z.regex(/^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]*)?$/u))
