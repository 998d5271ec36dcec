import {
  earliestStart,
  maxBookingMinutes,
  maxNoteLength,
  maxTitleLength,
  offsetMinutesAt,
  type Booking,
  type BookingConflict,
  type CreateBookingInput,
  type UpdateBookingInput,
} from '@huiyue/contracts'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import { issuesByField, issueWords } from '@/lib/error-words'
import type { BookingDraft, BookingValues, Invited } from './booking-draft'
import { createIdempotencyKeys } from './idempotency-key'
import { onDay } from './on-day'

export interface BookingFormParts {
  create(body: CreateBookingInput, idempotencyKey: string): Promise<Booking>
  update(id: string, body: UpdateBookingInput): Promise<Booking>
  /** Asks for subscription; called inside the confirming tap and never rejects. Settles to whether it was answered. */
  ask(): Promise<boolean>
  timeZone(): string
  slotMinutes(): number
  now(): number
}

const fields = ['roomId', 'title', 'startsAt', 'endsAt', 'attendeeIds', 'note'] as const
export type BookingField = (typeof fields)[number]

const minuteMs = 60_000
const iso = (ms: number) => new Date(ms).toISOString()

/** A booking being written or changed. Whatever happens to a request, everything typed stays. */
export function useBookingForm(parts: BookingFormParts) {
  const values = reactive<BookingValues>({ roomId: '', from: 0, to: 0, title: '', note: '', attendees: [] })
  const wrong = ref<Partial<Record<BookingField | '', string>>>({})
  const conflicts = shallowRef<BookingConflict[]>([])
  const error = shallowRef<ApiError>()
  const busy = ref(false)
  /** The booking as it was when the form was opened; undefined: a new one is being written. */
  const original = shallowRef<Booking>()
  const keys = createIdempotencyKeys()
  let version: number | undefined
  let asked = false

  // A complaint about a value ends with the value.
  const watched: Record<BookingField, () => unknown> = {
    roomId: () => values.roomId,
    title: () => values.title,
    startsAt: () => values.from,
    endsAt: () => values.to,
    attendeeIds: () => values.attendees.map(({ id }) => id).join(),
    note: () => values.note,
  }
  for (const field of fields) watch(watched[field], () => delete wrong.value[field])

  function startNew(roomId: string, from?: number, to?: number) {
    const now = parts.now()
    const first = earliestStart(now, parts.slotMinutes(), offsetMinutesAt(now, parts.timeZone()))
    values.roomId = roomId
    values.from = from ?? first + parts.slotMinutes() * minuteMs
    values.to = to ?? values.from + 60 * minuteMs
  }

  function edit(booking: Booking) {
    original.value = booking
    version = booking.version
    Object.assign(values, {
      roomId: booking.roomId,
      from: Date.parse(booking.startsAt),
      to: Date.parse(booking.endsAt),
      title: booking.title,
      note: booking.note ?? '',
      attendees: booking.attendees.map(({ id, name, wechatBound }) => ({ id, name, wechatBound })),
    })
  }

  function content(): CreateBookingInput {
    const note = values.note.trim()
    return {
      roomId: values.roomId,
      title: values.title.trim(),
      startsAt: iso(values.from),
      endsAt: iso(values.to),
      attendeeIds: values.attendees.map(({ id }) => id),
      ...(note ? { note } : {}),
    }
  }

  /** Only what differs from the opened booking: what others changed meanwhile beside it is left alone. */
  function changes(before: Booking): UpdateBookingInput {
    const after = content()
    const note = after.note ?? null
    const ids = after.attendeeIds ?? []
    const sameGuests =
      ids.length === before.attendees.length && before.attendees.every((attendee) => ids.includes(attendee.id))
    return {
      ...(after.roomId === before.roomId ? {} : { roomId: after.roomId }),
      ...(after.title === before.title ? {} : { title: after.title }),
      ...(values.from === Date.parse(before.startsAt) ? {} : { startsAt: after.startsAt }),
      ...(values.to === Date.parse(before.endsAt) ? {} : { endsAt: after.endsAt }),
      ...(note === before.note ? {} : { note }),
      ...(sameGuests ? {} : { attendeeIds: ids }),
      ...(version === undefined ? {} : { version }),
    }
  }

  function complaints(): Partial<Record<BookingField, string>> {
    const found: Partial<Record<BookingField, string>> = {}
    const title = values.title.trim()
    if (!values.roomId) found.roomId = issueWords({ code: 'required' })
    if (!title) found.title = issueWords({ code: 'required' })
    else if (title.length > maxTitleLength)
      found.title = issueWords({ code: 'too_long', params: { max: maxTitleLength } })
    if (values.note.trim().length > maxNoteLength)
      found.note = issueWords({ code: 'too_long', params: { max: maxNoteLength } })
    if (values.to <= values.from) found.endsAt = issueWords({ code: 'end_not_after_start' })
    else if (values.to - values.from > maxBookingMinutes * minuteMs)
      found.endsAt = issueWords({ code: 'booking_too_long', params: { hours: maxBookingMinutes / 60 } })
    return found
  }

  async function send(): Promise<Booking | undefined> {
    try {
      if (original.value) return await parts.update(original.value.id, changes(original.value))
      const body = content()
      return await parts.create(body, keys.keyFor(body))
    } catch (thrown) {
      const failure = toApiError(thrown)
      error.value = failure
      conflicts.value = failure.conflicts
      wrong.value = issuesByField(failure.issues, fields)
      if (failure.code === 'IDEMPOTENCY_KEY_REUSED') keys.forget()
      // Having been told, whoever saves again means it.
      version = failure.currentVersion ?? version
      return undefined
    } finally {
      busy.value = false
    }
  }

  /**
   * Call it in the tap handler: WeChat is asked before anything is awaited, once per form. Whatever the answer to that
   * is, the booking is sent. @returns the booking, or undefined when something is in the way and on screen
   */
  function submit(): Promise<Booking | undefined> {
    if (busy.value) return Promise.resolve(undefined)
    error.value = undefined
    conflicts.value = []
    wrong.value = complaints()
    if (Object.keys(wrong.value).length > 0) return Promise.resolve(undefined)
    busy.value = true
    if (asked || original.value) return send()
    return parts
      .ask()
      .then(
        (answered) => {
          asked = answered
        },
        () => {},
      )
      .then(send)
  }

  return {
    values,
    wrong,
    conflicts,
    error,
    busy,
    original,
    minutes: computed(() => (values.to - values.from) / minuteMs),
    startNew,
    edit,
    submit,

    /** What is in the form, to be put aside. */
    draft(): BookingDraft {
      const copy = { ...values, attendees: values.attendees.map((person) => ({ ...person })) }
      return { values: copy, ...(version === undefined ? {} : { version }) }
    },
    /** Fills in what was put aside. A booking that others changed meanwhile is still theirs: its old version says so. */
    restore(draft: BookingDraft) {
      Object.assign(values, draft.values)
      version = draft.version ?? version
    },

    /** Moves the whole meeting by slots. */
    stepStart(slots: number) {
      const by = slots * parts.slotMinutes() * minuteMs
      values.from += by
      values.to += by
    },
    stepEnd(slots: number) {
      const to = values.to + slots * parts.slotMinutes() * minuteMs
      if (to > values.from) values.to = to
    },
    setMinutes(minutes: number) {
      values.to = values.from + minutes * minuteMs
    },
    /** The same times of day on another day. */
    setDay(dateKey: string) {
      const length = values.to - values.from
      values.from = onDay(values.from, dateKey, parts.timeZone())
      values.to = values.from + length
    },
    invite(person: Invited) {
      if (!values.attendees.some(({ id }) => id === person.id)) values.attendees.push(person)
    },
    uninvite(id: string) {
      values.attendees = values.attendees.filter((person) => person.id !== id)
    },
  }
}
