import type { Booking } from '@huiyue/contracts'
import { hiddenPeople } from '../audit/audit.models'

/** What the audit log keeps of a booking, in words: rooms and people may be renamed, or gone, when it is read. */
export function auditFields(booking: Booking) {
  return {
    title: booking.title,
    room: booking.room.name,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    organizer: booking.organizer.name,
    attendees: booking.attendees.map((attendee) => attendee.name),
    [hiddenPeople]: [booking.organizer.id, ...booking.attendees.map(({ id }) => id)],
    note: booking.note,
    status: booking.status,
  }
}
