import type { AuditModel } from '../audit/audit.models'
import { minuteToInstant } from '../booking/booking-time'
import type { BookingModel } from '../booking/booking.models'
import type { IdentityModel } from '../identity/identity.model'
import type { LoginLogModel } from '../login-log/login-log.models'
import type { NotificationModel } from '../notification/notification.models'
import type { SessionModel } from '../session/session.models'

export function presentIdentity({ provider, appId, subject, boundAt }: IdentityModel) {
  return { provider, appId, openid: subject, boundAt: boundAt.toISOString() }
}

export function presentSession(session: SessionModel) {
  const { id, clientId, method, device, address, place, createdAt, lastSeenAt, endsAt, revokedAt } = session
  return {
    ...{ id, clientId, method, device, address, place },
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    endsAt: (revokedAt ?? endsAt).toISOString(),
  }
}

export function presentLogin(entry: LoginLogModel) {
  const { at, username, clientId, method, result, reason, device, address, place } = entry
  return { at: at.toISOString(), username, clientId, method, result, reason, device, address, place }
}

/** @param booking with its room loaded */
export function presentBooking(booking: BookingModel, userId: string) {
  const { id, title, note, room, startMinute, endMinute, status, organizerId, createdBy, createdAt } = booking
  const role = organizerId === userId ? 'organizer' : createdBy === userId ? 'creator' : 'attendee'
  return {
    ...{ id, role, title, note, status },
    room: room?.name ?? null,
    startsAt: minuteToInstant(startMinute),
    endsAt: minuteToInstant(endMinute),
    createdAt: createdAt.toISOString(),
  }
}

export function presentMessage(message: NotificationModel) {
  const { event, bookingId, channel, state, reason, data, createdAt, sentAt } = message
  return {
    ...{ event, bookingId, channel, state, reason },
    data: data ? (JSON.parse(data) as unknown) : null,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }
}

/** What somebody did to others says that they did it, not what it was: that is about the others. */
export function presentChange(entry: AuditModel, userId: string) {
  const { at, action, reason, before, after, targetId, actorId, address } = entry
  const parsed = (json: string | null) => (json && targetId === userId ? (JSON.parse(json) as unknown) : null)
  return {
    at: at.toISOString(),
    action,
    ...{ madeByThemselves: actorId === userId, aboutThemselves: targetId === userId },
    before: parsed(before),
    after: parsed(after),
    reason: targetId === userId ? reason : null,
    address: actorId === userId ? address : null,
  }
}
