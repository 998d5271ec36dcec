import type { Calendar } from '@event-calendar/core'
import type { Booking, Room } from '@huiyue/contracts'
import type { Translate } from '@/messages'
import { hoursOnDay, wallSpanOf } from '@/shared/org-time'

export type Relation = 'mine' | 'invited' | 'others'

/** What a booking is to the person who looks. */
export function relationOf(booking: Booking, userId: string): Relation {
  if (booking.organizer.id === userId) return 'mine'
  return booking.attendees.some(({ id }) => id === userId) ? 'invited' : 'others'
}

/** A booking as the calendar takes it; one that must not be changed does not move. */
export function eventOf(booking: Booking, userId: string, timeZone: string, nowMs: number): Calendar.EventInput {
  const over = Date.parse(booking.endsAt) <= nowMs
  const relation = relationOf(booking, userId)
  return {
    id: booking.id,
    resourceId: booking.roomId,
    ...wallSpanOf(booking, timeZone),
    title: booking.title,
    editable: booking.canEdit && !over,
    classNames: ['booking', relation, ...(over ? ['over'] : []), ...(booking.canEdit && !over ? ['editable'] : [])],
    extendedProps: { booking, relation },
  }
}

/** Working hours, widened so that no booking of the day is cut off. */
export function shownHours(bookings: Booking[], date: string, timeZone: string): { from: number; to: number } {
  return bookings.reduce(
    (shown, booking) => {
      const { from, to } = hoursOnDay(booking, date, timeZone)
      return from < to ? { from: Math.min(shown.from, from), to: Math.max(shown.to, to) } : shown
    },
    { from: 7, to: 22 },
  )
}

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

/** The inside of a booking's bar. Its kind is said by a mark and, for ears, in words; never by colour alone. */
export function bookingContent(booking: Booking, relation: Relation, time: string, t: Translate): Calendar.Content {
  const mark = element('span', `mark ${relation}`)
  mark.setAttribute('aria-hidden', 'true')
  return {
    domNodes: [
      element('span', 'line title', mark, booking.title),
      element('span', 'line meta', element('span', 'time', time), ` ${booking.organizer.name}`),
      element('span', 'visually-hidden', `${booking.room.name}, ${t(`timeline.${relation}`)}`),
    ],
  }
}

export function roomContent(room: Room, t: Translate): Calendar.Content {
  const closed = room.status === 'closed'
  return {
    domNodes: [
      element(
        'span',
        'room-name',
        room.name,
        ...(closed ? [element('span', 'room-closed', t('timeline.closed'))] : []),
      ),
      element('span', 'room-detail', `${t('timeline.seats', { count: room.capacity })} · ${room.location}`),
    ],
  }
}
