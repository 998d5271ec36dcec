import * as z from 'zod/mini'
import { clientId } from './auth'
import { id, instant, line, pageQuery } from './common'
import { loginMethod } from './sessions'

/** `alert`: a sign of theft. */
export const loginResults = ['success', 'failure', 'alert'] as const
export const loginOutcome = z.enum(loginResults)
export type LoginOutcome = z.infer<typeof loginOutcome>

export const loginReasons = [
  'unknown_user',
  'password_wrong',
  'password_expired',
  'account_disabled',
  'too_many_attempts',
  'wechat_not_bound',
  'wechat_password_needed',
  'wechat_code_invalid',
  'wechat_unavailable',
  'wechat_blocked',
  'refresh_token_reused',
] as const
export const loginReason = z.enum(loginReasons)
export type LoginReason = z.infer<typeof loginReason>

/** One attempt to log in, or one sign of theft. */
export const loginEntry = z.object({
  id,
  at: instant,
  user: z.nullable(z.object({ id, name: z.string() })),
  /** As it was typed, when an account has it; else only its beginning, because people type passwords there. */
  username: z.string(),
  clientId,
  method: loginMethod,
  result: loginOutcome,
  reason: z.nullable(loginReason),
  device: z.string(),
  address: z.string(),
  place: z.nullable(z.string()),
  requestId: z.string(),
})
export type LoginEntry = z.infer<typeof loginEntry>

/** A search that is given no `from` looks only at so many days before `to`, or before now. */
export const searchedDays = 90

const period = { from: z.optional(instant), to: z.optional(instant) }

const loginFilters = {
  ...period,
  userId: z.optional(id),
  clientId: z.optional(clientId),
  result: z.optional(loginOutcome),
  reason: z.optional(loginReason),
  /**
   * In the person's present name or username, in what was typed where no account has it, or the start of the address.
   * Without `from` only in the last `searchedDays`.
   */
  search: z.optional(line(64)),
}
export const listLoginsQuery = z.object({ ...loginFilters, ...pageQuery(200, 50) })
export const exportLoginsQuery = z.object(loginFilters)

/** Every kind of change that is written down, as `resource.what`. */
export const auditActions = [
  'account.created',
  'account.updated',
  'account.password_changed',
  'account.password_reset',
  'account.roles_changed',
  'account.wechat_bound',
  'account.wechat_unbound',
  'account.personal_data_exported',
  'account.erased',
  'account.imported',
  'account.exported',
  'department.created',
  'department.updated',
  'department.deleted',
  'department.imported',
  'department.exported',
  'role.created',
  'role.updated',
  'role.deleted',
  'session.ended',
  'template.updated',
  'booking.created',
  'booking.updated',
  'booking.cancelled',
  'notification.resent',
  'log.login_exported',
  'log.audit_exported',
] as const
export const auditAction = z.enum(auditActions)
export type AuditAction = z.infer<typeof auditAction>

export const auditResources = [
  'account',
  'department',
  'role',
  'session',
  'template',
  'booking',
  'notification',
  'log',
] as const
export const auditResource = z.enum(auditResources)
export type AuditResource = z.infer<typeof auditResource>

export const auditEntry = z.object({
  id,
  at: instant,
  /** Null: the system itself. */
  actor: z.nullable(z.object({ id, name: z.string() })),
  action: auditAction,
  /** What was changed; its name as it was then. */
  target: z.object({ resource: auditResource, id: z.string(), name: z.string() }),
  /** Only the fields that changed; secrets are never among them. */
  before: z.nullable(z.record(z.string(), z.unknown())),
  after: z.nullable(z.record(z.string(), z.unknown())),
  reason: z.nullable(z.string()),
  address: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
})
export type AuditEntry = z.infer<typeof auditEntry>

const auditFilters = {
  ...period,
  actorId: z.optional(id),
  action: z.optional(auditAction),
  resource: z.optional(auditResource),
  targetId: z.optional(id),
  requestId: z.optional(id),
  /** In the target's name and the reason. Without `from` only in the last `searchedDays`. */
  search: z.optional(line(64)),
}
export const listAuditQuery = z.object({ ...auditFilters, ...pageQuery(200, 50) })
export const exportAuditQuery = z.object(auditFilters)

/** An export holds at most so many entries, the newest; narrow the period for others. */
export const maxExportedEntries = 50_000
