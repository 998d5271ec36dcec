import * as z from 'zod/mini'
import { id, instant } from './common'

export const notificationEvents = ['BOOKING_CREATED'] as const
export const notificationEvent = z.enum(notificationEvents)
export type NotificationEvent = z.infer<typeof notificationEvent>

/**
 * - `pending`: waits for its turn · `leased`: a worker has it · `retry`: failed, will be tried again
 * - `sent`: WeChat took it · `no_accept`: the person has no accepted subscription left
 * - `suppressed`: not sent, for the reason given · `dead`: given up, for the reason given
 */
export const notificationStates = ['pending', 'leased', 'retry', 'sent', 'no_accept', 'suppressed', 'dead'] as const
export const notificationState = z.enum(notificationStates)
export type NotificationState = z.infer<typeof notificationState>

export const notificationReasons = [
  'not_bound',
  'wechat_unbound',
  'no_accept_left',
  'subscription_refused',
  'recipient_disabled',
  'booking_cancelled',
  'booking_over',
  'no_longer_invited',
  'template_not_configured',
  'wechat_busy',
  'wechat_unreachable',
  'wechat_refused',
  'attempts_exhausted',
  'internal_error',
] as const
export const notificationReason = z.enum(notificationReasons)
export type NotificationReason = z.infer<typeof notificationReason>

/** What became of a message, as the people concerned may see it. */
export const delivery = z.object({
  state: notificationState,
  reason: z.nullable(notificationReason),
  at: z.nullable(instant),
})
export type Delivery = z.infer<typeof delivery>

/** What staff see. */
export const notification = z.object({
  id,
  event: notificationEvent,
  booking: z.object({ id, title: z.string() }),
  recipient: z.object({ id, name: z.string() }),
  state: notificationState,
  reason: z.nullable(notificationReason),
  attempts: z.int(),
  /** WeChat's last answer. */
  errcode: z.nullable(z.int()),
  errmsg: z.nullable(z.string()),
  rid: z.nullable(z.string()),
  msgid: z.nullable(z.string()),
  /** The keywords as they were sent, such as `{ thing4: 'Weekly' }`; null before the first attempt. */
  data: z.nullable(z.record(z.string(), z.string())),
  createdAt: instant,
  sentAt: z.nullable(instant),
  nextAttemptAt: z.nullable(instant),
})
export type Notification = z.infer<typeof notification>

export const listNotificationsQuery = z.object({
  state: z.optional(notificationState),
  bookingId: z.optional(id),
  recipientId: z.optional(id),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
})
