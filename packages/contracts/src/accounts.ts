import * as z from 'zod/mini'
import { newPassword } from './auth'
import {
  booleanQuery,
  emailAddress,
  id,
  instant,
  line,
  locale,
  mobileNumber,
  pageQuery,
  requiredLine,
  sortOrder,
  timeZone,
} from './common'
import { errorCode } from './errors'
import { roleAssignment, roleAssignmentInput } from './permissions'
import { username } from './users'
import { wechatBinding } from './wechat-binding'

/** `erased`: the personal data are gone for good, the row stays for the bookings it made. */
export const accountStatuses = ['active', 'disabled', 'erased'] as const
export const accountStatus = z.enum(accountStatuses)
export type AccountStatus = z.infer<typeof accountStatus>

/** A person as those see them who look after accounts. */
export const account = z.object({
  id,
  username: z.string(),
  name: z.string(),
  mobile: z.nullable(z.string()),
  email: z.nullable(z.string()),
  department: z.nullable(z.object({ id, name: z.string(), path: z.string() })),
  locale,
  timeZone: z.nullable(z.string()),
  status: accountStatus,
  roles: z.array(roleAssignment),
  wechat: wechatBinding,
  /** Their password was given by somebody else and is still to be changed. */
  mustChangePassword: z.boolean(),
  lastLoginAt: z.nullable(instant),
  createdAt: instant,
  updatedAt: instant,
  /** Whether the asker may change it: nobody may who lacks a right that this account has. */
  canManage: z.boolean(),
})
export type Account = z.infer<typeof account>

const personFields = {
  username,
  name: requiredLine(100),
  mobile: z.nullable(mobileNumber),
  email: z.nullable(emailAddress),
  departmentId: z.nullable(id),
  locale,
  timeZone: z.nullable(timeZone),
}

export const createAccountInput = z.object({
  username: personFields.username,
  name: personFields.name,
  mobile: z._default(personFields.mobile, null),
  email: z._default(personFields.email, null),
  departmentId: z._default(personFields.departmentId, null),
  locale: z._default(locale, 'zh-CN'),
  timeZone: z._default(personFields.timeZone, null),
  /** Member, everywhere, unless something else is said. */
  roles: z.optional(z.array(roleAssignmentInput).check(z.maxLength(50))),
  /** To be changed at the first login; made up when it is left out. */
  initialPassword: z.optional(newPassword),
})
export type CreateAccountInput = z.input<typeof createAccountInput>

/** Only what is named changes. */
export const updateAccountInput = z.object({
  ...z.partial(z.object(personFields)).shape,
  status: z.optional(z.enum(['active', 'disabled'])),
  /** For the audit log. */
  reason: z.optional(line(200)),
})
export type UpdateAccountInput = z.input<typeof updateAccountInput>

/** A password to hand over; it is shown this once and must be changed at login. */
export const oneTimePassword = z.object({ password: z.string(), expiresAt: instant })
export type OneTimePassword = z.infer<typeof oneTimePassword>

export const createdAccount = z.object({
  account,
  /** Null when the caller chose the initial password. */
  oneTimePassword: z.nullable(oneTimePassword),
})
export type CreatedAccount = z.infer<typeof createdAccount>

export const reasonInput = z.object({ reason: z.optional(line(200)) })
export const requiredReasonInput = z.object({ reason: requiredLine(200) })

const accountFilters = {
  /** In name, username, mobile number and e-mail address. */
  search: z.optional(line(64)),
  /** With the departments below it. */
  departmentId: z.optional(id),
  roleId: z.optional(id),
  status: z.optional(accountStatus),
  wechatBound: z.optional(booleanQuery),
}
export const accountSorts = ['name', 'username', 'status', 'lastLoginAt', 'createdAt'] as const
export const listAccountsQuery = z.object({
  ...accountFilters,
  sort: z._default(z.enum(accountSorts), 'name'),
  order: z._default(sortOrder, 'asc'),
  ...pageQuery(200, 20),
})
export const exportAccountsQuery = z.object(accountFilters)

export const bulkActions = ['enable', 'disable', 'move', 'add-role', 'remove-role', 'end-sessions'] as const
export const bulkAction = z.enum(bulkActions)
export type BulkAction = z.infer<typeof bulkAction>

/** The same for many accounts. Each succeeds or fails for itself, and the answer says which. */
export const bulkAccountsInput = z.object({
  ids: z.array(id).check(z.minLength(1), z.maxLength(200)),
  action: bulkAction,
  /** For `move`; null: out of all departments. */
  departmentId: z.optional(z.nullable(id)),
  /** For `add-role` and `remove-role`. */
  role: z.optional(roleAssignmentInput),
  reason: z.optional(line(200)),
})
export type BulkAccountsInput = z.input<typeof bulkAccountsInput>

export const bulkResult = z.object({
  items: z.array(z.object({ id, name: z.string(), done: z.boolean(), error: z.nullable(errorCode) })),
  done: z.int(),
  failed: z.int(),
})
export type BulkResult = z.infer<typeof bulkResult>

/** Everything kept about one person, for that person. */
export const personalData = z.object({
  generatedAt: instant,
  account: z.record(z.string(), z.unknown()),
  wechat: z.array(z.record(z.string(), z.unknown())),
  sessions: z.array(z.record(z.string(), z.unknown())),
  logins: z.array(z.record(z.string(), z.unknown())),
  bookings: z.array(z.record(z.string(), z.unknown())),
  notifications: z.array(z.record(z.string(), z.unknown())),
  subscriptions: z.array(z.record(z.string(), z.unknown())),
  changes: z.array(z.record(z.string(), z.unknown())),
})
export type PersonalData = z.infer<typeof personalData>
