import * as z from 'zod/mini'
import { booleanQuery, id, instant, line, paragraph, printable, requiredLine } from './common'
import { maxAttendees, maxBookingMinutes, maxNoteLength, maxRangeDays, maxTitleLength } from './booking-rules'
import { fieldRule } from './field-issues'
import { delivery } from './notifications'
import { msBetween, timeRange } from './time-range'

export const bookingStatuses = ['confirmed', 'cancelled'] as const
export const bookingStatus = z.enum(bookingStatuses)
export type BookingStatus = z.infer<typeof bookingStatus>

const person = z.object({ id, name: z.string() })

export const attendee = z.extend(person, {
  wechatBound: z.boolean(),
  /** What became of the message about this booking; null while there is none, and for people it does not concern. */
  delivery: z.nullable(delivery),
})
export type Attendee = z.infer<typeof attendee>

export const booking = z.object({
  id,
  roomId: id,
  room: z.object({ id, name: z.string(), location: z.string() }),
  title: z.string(),
  note: z.nullable(z.string()),
  startsAt: instant,
  endsAt: instant,
  status: bookingStatus,
  organizer: person,
  attendees: z.array(attendee),
  /** Counts changes; send it back with a change and a stale screen cannot overwrite a newer one. */
  version: z.int(),
  cancelReason: z.nullable(z.string()),
  cancelledAt: z.nullable(instant),
  /** Whether the asker may change or cancel it. */
  canEdit: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
})
export type Booking = z.infer<typeof booking>

const title = requiredLine(maxTitleLength)
const note = paragraph(maxNoteLength)
const attendeeIds = z.array(id).check(z.maxLength(maxAttendees))

interface Times {
  startsAt?: string | undefined
  endsAt?: string | undefined
}
const endsLater = z.refine<Times>(
  ({ startsAt, endsAt }) => !(msBetween(startsAt, endsAt) <= 0),
  fieldRule('end_not_after_start', undefined, ['endsAt']),
)
const notTooLong = z.refine<Times>(
  ({ startsAt, endsAt }) => !(msBetween(startsAt, endsAt) > maxBookingMinutes * 60_000),
  fieldRule('booking_too_long', { hours: maxBookingMinutes / 60 }, ['endsAt']),
)

export const createBookingInput = z
  .object({
    roomId: id,
    title,
    startsAt: instant,
    endsAt: instant,
    attendeeIds: z._default(attendeeIds, []),
    note: z.optional(note),
    /** Who it is for, when that is not the caller; needs `booking:create-for-others`. */
    organizerId: z.optional(id),
  })
  .check(endsLater, notTooLong)
export type CreateBookingInput = z.input<typeof createBookingInput>
export type CreateBooking = z.output<typeof createBookingInput>

/** Only what is named changes. */
export const updateBookingInput = z
  .object({
    roomId: z.optional(id),
    title: z.optional(title),
    startsAt: z.optional(instant),
    endsAt: z.optional(instant),
    attendeeIds: z.optional(attendeeIds),
    note: z.optional(z.nullable(note)),
    version: z.optional(z.int()),
  })
  .check(endsLater, notTooLong)
export type UpdateBookingInput = z.input<typeof updateBookingInput>

const reason = z.optional(line(200))
/** In the body, or in the query for clients and proxies that drop the body of a DELETE. */
export const cancelBookingInput = z.object({ reason })
export type CancelBookingInput = z.infer<typeof cancelBookingInput>

export const listBookingsQuery = timeRange(
  {
    from: instant,
    to: instant,
    mine: z.optional(booleanQuery),
    roomId: z.optional(id),
    includeCancelled: z.optional(booleanQuery),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(2000)), 1000),
    offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
  },
  'from',
  'to',
  maxRangeDays,
)

/** A client makes one per form it opens, so that a double tap or a retry creates one booking. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z.optional(printable(128)),
})
