import { dateKeyAt, timeAt, type Booking, type UpdateBookingInput } from '@huiyue/contracts'
import { instantOfWallText, intervalOf } from '@/shared/org-time'

/** What the form holds: a day and a time of the organisation's clocks, and a length, which a later start keeps. */
export interface BookingDraft {
  /** Whom a new booking is for; empty: the person who makes it. */
  organizerId: string
  roomId: string
  /** `2026-11-23`. */
  date: string
  /** `09:00`. */
  time: string
  minutes: number
  title: string
  attendeeIds: string[]
  note: string
}

/** The fields that messages can stand beside. */
export const draftFields = ['organizer', 'room', 'start', 'end', 'title', 'attendees', 'note'] as const
export type DraftField = (typeof draftFields)[number]

const fieldOfPath: Readonly<Record<string, DraftField | undefined>> = {
  organizerId: 'organizer',
  roomId: 'room',
  startsAt: 'start',
  endsAt: 'end',
  title: 'title',
  attendeeIds: 'attendees',
  note: 'note',
}

/** The field a server's path such as `attendeeIds.2` belongs to; `undefined`: the form as a whole. */
export function fieldOf(path: string): DraftField | undefined {
  return fieldOfPath[path.split('.')[0] ?? '']
}

export function draftOf(booking: Booking, timeZone: string): BookingDraft {
  const startMs = Date.parse(booking.startsAt)
  return {
    organizerId: booking.organizer.id,
    roomId: booking.roomId,
    date: dateKeyAt(startMs, timeZone),
    time: timeAt(startMs, timeZone),
    minutes: (Date.parse(booking.endsAt) - startMs) / 60_000,
    title: booking.title,
    attendeeIds: booking.attendees.map(({ id }) => id),
    note: booking.note ?? '',
  }
}

/** A copy of its own, also of one that Vue watches. */
export function copyOf(draft: BookingDraft): BookingDraft {
  return { ...draft, attendeeIds: [...draft.attendeeIds] }
}

export function intervalOfDraft({ date, time, minutes }: BookingDraft, timeZone: string) {
  const startMs = instantOfWallText(`${date}T${time}`, timeZone)
  return intervalOf(startMs, startMs + minutes * 60_000)
}

export function sameValue(a: BookingDraft[keyof BookingDraft], b: BookingDraft[keyof BookingDraft]): boolean {
  return Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((value, index) => value === b[index])
    : a === b
}

export function sameDraft(a: BookingDraft, b: BookingDraft): boolean {
  return (Object.keys(a) as (keyof BookingDraft)[]).every((key) => sameValue(a[key], b[key]))
}

/** What differs from `base`, in the API's words; nothing when the two say the same. */
export function changesOf(draft: BookingDraft, base: BookingDraft, timeZone: string): UpdateBookingInput {
  const changes: UpdateBookingInput = {}
  if (draft.roomId !== base.roomId) changes.roomId = draft.roomId
  if (draft.title !== base.title) changes.title = draft.title
  if (draft.note !== base.note) changes.note = draft.note.trim() || null
  if (!sameValue(draft.attendeeIds, base.attendeeIds)) changes.attendeeIds = [...draft.attendeeIds]
  if (draft.date !== base.date || draft.time !== base.time || draft.minutes !== base.minutes)
    Object.assign(changes, intervalOfDraft(draft, timeZone))
  return changes
}

/** Takes over what others changed in the fields this person left alone since `base`. */
export function mergeDraft(draft: BookingDraft, base: BookingDraft, newest: BookingDraft): BookingDraft {
  const touched = (key: keyof BookingDraft) => !sameValue(draft[key], base[key])
  // Day, time and length are one statement: half of one and half of another was meant by nobody.
  const movedInTime = touched('date') || touched('time') || touched('minutes')
  const { date, time, minutes } = movedInTime ? draft : newest
  return {
    organizerId: newest.organizerId,
    roomId: touched('roomId') ? draft.roomId : newest.roomId,
    title: touched('title') ? draft.title : newest.title,
    attendeeIds: touched('attendeeIds') ? draft.attendeeIds : newest.attendeeIds,
    note: touched('note') ? draft.note : newest.note,
    date,
    time,
    minutes,
  }
}
