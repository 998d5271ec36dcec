import * as z from 'zod/mini'
import { id, instant } from './common'

/** What went wrong, for programs. HTTP statuses are the server's business, words are the clients'. */
export const errorCodes = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'PAYLOAD_TOO_LARGE',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'FORBIDDEN',
  'NOT_SIGNED_IN',
  'TOKEN_INVALID',
  'CREDENTIALS_INVALID',
  'ACCOUNT_DISABLED',
  'TOO_MANY_ATTEMPTS',
  'PASSWORD_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'OWN_ACCOUNT',
  'LAST_ADMINISTRATOR',
  'ACCOUNT_ERASED',
  'DEPARTMENT_NOT_EMPTY',
  'ROLE_BUILT_IN',
  'ROLE_IN_USE',
  'IMPORT_NOT_APPLICABLE',
  'WECHAT_NOT_BOUND',
  'WECHAT_PASSWORD_NEEDED',
  'WECHAT_CODE_INVALID',
  'WECHAT_UNAVAILABLE',
  'BOOKING_CONFLICT',
  'BOOKING_NOT_ACTIVE',
  'BOOKING_ALREADY_OVER',
  'VERSION_CONFLICT',
  'ROOM_CLOSED',
  'IDEMPOTENCY_KEY_REUSED',
  'NOTIFICATION_IN_PROGRESS',
  'SERVER_BUSY',
  'INTERNAL',
] as const
export const errorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCode>

/** Why one field was refused. Clients have a sentence for each, in each language. */
export const fieldIssueCodes = [
  'required',
  'invalid_type',
  'invalid_format',
  'invalid_value',
  'too_short',
  'too_long',
  'too_small',
  'too_big',
  'unknown_room',
  'unknown_user',
  'not_on_grid',
  'in_the_past',
  'end_not_after_start',
  'booking_too_long',
  'range_too_long',
  'keyword_invalid',
  'keyword_duplicate',
  'source_unfit',
  'password_wrong',
  'password_common',
  'password_is_name',
  'password_unchanged',
  'username_taken',
  'name_taken',
  'unknown_department',
  'unknown_role',
  'unknown_building',
  'department_cycle',
  'scope_unfit',
  'not_allowed',
  'file_unreadable',
  'column_missing',
  'column_unknown',
  'column_count',
  'row_duplicate',
  'too_many_rows',
] as const
export const fieldIssueCode = z.enum(fieldIssueCodes)
export type FieldIssueCode = z.infer<typeof fieldIssueCode>

export const fieldIssue = z.object({
  /** Dotted, from the request's own root: `attendeeIds.2`, `startsAt`; empty for the body as a whole. */
  path: z.string(),
  code: fieldIssueCode,
  /** English, for logs and for people reading the API by hand. */
  message: z.string(),
  /** Numbers to put into the client's sentence, such as `{ max: 100 }`. */
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})
export type FieldIssue = z.infer<typeof fieldIssue>

/** One booking in the way of the one that was asked for. */
export const bookingConflict = z.object({
  bookingId: id,
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  organizer: z.object({ id, name: z.string() }),
})
export type BookingConflict = z.infer<typeof bookingConflict>

export const errorDetails = {
  VALIDATION_FAILED: z.object({ issues: z.array(fieldIssue) }),
  BOOKING_CONFLICT: z.object({ conflicts: z.array(bookingConflict) }),
  /** Nothing was checked; the same attempt may be made again after that many seconds. */
  TOO_MANY_ATTEMPTS: z.object({ retryAfterSeconds: z.int() }),
  VERSION_CONFLICT: z.object({ currentVersion: z.int() }),
} satisfies Partial<Record<ErrorCode, z.core.$ZodType>>

type Detailed = { [C in keyof typeof errorDetails]: z.infer<(typeof errorDetails)[C]> }
/** The details that belong to a code; `undefined` for codes that have none. */
export type ErrorDetails<C extends ErrorCode> = C extends keyof Detailed ? Detailed[C] : undefined

export const errorResponse = z.object({
  error: z.object({
    code: errorCode,
    message: z.string(),
    details: z.optional(z.unknown()),
    requestId: z.string(),
  }),
})
export type ErrorResponse = z.infer<typeof errorResponse>

/** Reads the details of an answer as what its code promises; `undefined` when they are something else. */
export function detailsOf<C extends keyof Detailed>(code: C, details: unknown): Detailed[C] | undefined {
  const parsed = z.safeParse(errorDetails[code], details)
  return parsed.success ? (parsed.data as Detailed[C]) : undefined
}
