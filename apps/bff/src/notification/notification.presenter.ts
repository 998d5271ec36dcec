import type { Notification } from '@huiyue/contracts'
import type { NotificationModel } from './notification.models'

/** @param message with booking and recipient loaded */
export function presentNotification(message: NotificationModel): Notification {
  const { booking, recipient } = message
  if (!booking || !recipient) throw new Error('A notification is presented with its booking and recipient loaded')
  return {
    id: message.id,
    event: message.event,
    booking: { id: booking.id, title: booking.title },
    recipient: { id: recipient.id, name: recipient.name },
    state: message.state,
    reason: message.reason ?? null,
    attempts: message.attempts ?? 0,
    errcode: message.errcode ?? null,
    errmsg: message.errmsg ?? null,
    rid: message.rid ?? null,
    msgid: message.msgid ?? null,
    data: message.data ? (JSON.parse(message.data) as Record<string, string>) : null,
    createdAt: message.createdAt.toISOString(),
    sentAt: message.sentAt?.toISOString() ?? null,
    nextAttemptAt: message.state === 'leased' ? null : (message.dueAt?.toISOString() ?? null),
  }
}
