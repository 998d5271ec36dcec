import type { Booking } from '@huiyue/contracts'
import type { NamedPerson } from '../audit/named-people'

/** What the audit log keeps of a booking, in words: rooms and people may be renamed, or gone, when it is read. */
export function auditFields(booking: Booking) {
  return {
    title: booking.title,
    room: booking.room.name,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    organizer: named(booking.organizer),
    attendees: booking.attendees.map(named),
    note: booking.note,
    status: booking.status,
  }
}

function named({ id, name }: NamedPerson): NamedPerson {
  return { id, name }
}
