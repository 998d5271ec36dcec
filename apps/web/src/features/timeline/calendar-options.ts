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
  const editable = booking.canEdit && !over
  return {
    id: booking.id,
    resourceId: booking.roomId,
    ...wallSpanOf(booking, timeZone),
    title: booking.title,
    // Both by name: the calendar looks at its own defaults before it looks at an event's `editable`.
    startEditable: editable,
    durationEditable: editable,
    classNames: ['booking', relation, ...(over ? ['over'] : []), ...(editable ? ['editable'] : [])],
    extendedProps: { booking, relation },
  }
}

/** Working hours, widened so that no booking of the day is cut off, nor the hour that is running. */
export function shownHours(
  bookings: Booking[],
  date: string,
  timeZone: string,
  nowHour = 12,
): { from: number; to: number } {
  return bookings.reduce(
    (shown, booking) => {
      const { from, to } = hoursOnDay(booking, date, timeZone)
      return from < to ? { from: Math.min(shown.from, from), to: Math.max(shown.to, to) } : shown
    },
    { from: Math.min(7, nowHour), to: Math.max(22, nowHour + 1) },
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
  const [start = time, end = ''] = time.split('–')
  const mark = element('span', `mark ${relation}`)
  mark.setAttribute('aria-hidden', 'true')
  const inside = [
    element('span', 'line title', booking.title),
    element(
      'span',
      'line meta',
      mark,
      start,
      element('span', 'end', `–${end}`),
      element('span', 'organizer', ` ${booking.organizer.name}`),
    ),
    element('span', 'visually-hidden', `${booking.room.name}, ${t(`timeline.${relation}`)}`),
  ]
  const body = element('div', 'inside', ...inside)
  body.title = `${booking.title} · ${time} · ${booking.organizer.name}`
  return { domNodes: [body] }
}

/** The inside of the bar that is being drawn for a new booking. */
export function selectionContent(time: string): Calendar.Content {
  return { domNodes: [element('span', 'line title', time)] }
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
