import type { Booking, BookingConflict, CreateBookingInput, FieldIssue } from '@huiyue/contracts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import { randomId } from '@/shared/random-id'
import * as bookingApi from './booking.api'
import {
  changesOf,
  copyOf,
  draftOf,
  fieldOf,
  intervalOfDraft,
  mergeDraft,
  sameDraft,
  type BookingDraft,
  type DraftField,
} from './booking-draft'

export interface BookingFormOptions {
  /** What the form opens with. */
  draft: BookingDraft
  /** The booking that is changed; without one, the form makes a new one. */
  booking?: Booking
  timeZone: string
  api?: Pick<typeof bookingApi, 'createBooking' | 'updateBooking' | 'getBooking'>
}

/** A form with unsaved changes, to go on with later: what was typed, over what, and under which key it was sent. */
export interface BookingSnapshot {
  draft: BookingDraft
  base: BookingDraft
  version: number | null
  key: string
  sentWithKey: string | null
}

/** One opened booking form. An error never changes what was typed; `submit` answers the booking, or null. */
export function useBookingForm({ draft: opened, booking, timeZone, api = bookingApi }: BookingFormOptions) {
  const draft = reactive<BookingDraft>(copyOf(opened))
  const base = shallowRef<BookingDraft>(copyOf(opened))
  const version = ref(booking?.version)
  const submitting = ref(false)
  const issues = shallowRef<FieldIssue[]>([])
  const conflicts = shallowRef<BookingConflict[]>([])
  const error = shallowRef<ApiError | null>(null)
  /** Somebody else changed the booking since the form took it over. */
  const changedMeanwhile = ref(false)
  /** Newest state was taken over and waits for a look. */
  const reloaded = ref(false)

  let key = randomId()
  let sentWithKey: string | null = null

  const dirty = computed(() => !sameDraft(draft, base.value))

  function issuesOf(field: DraftField): FieldIssue[] {
    return issues.value.filter(({ path }) => fieldOf(path) === field)
  }
  /** What concerns no single field. */
  const generalIssues = computed(() => issues.value.filter(({ path }) => fieldOf(path) === undefined))

  /** A message beside a field has served once the field is changed. */
  function touched(...fields: DraftField[]): void {
    issues.value = issues.value.filter(({ path }) => !fields.some((field) => fieldOf(path) === field))
    if (fields.some((field) => field === 'room' || field === 'start' || field === 'end')) {
      conflicts.value = []
      if (error.value?.code === 'BOOKING_CONFLICT' || error.value?.code === 'ROOM_CLOSED') error.value = null
    }
  }

  function clearComplaints(): void {
    issues.value = []
    conflicts.value = []
    error.value = null
    changedMeanwhile.value = false
    reloaded.value = false
  }

  function missing(): FieldIssue[] {
    const required = (path: string): FieldIssue => ({ path, code: 'required', message: `${path}: required` })
    return [
      ...(draft.roomId ? [] : [required('roomId')]),
      ...(draft.date && draft.time ? [] : [required('startsAt')]),
      ...(draft.title.trim() ? [] : [required('title')]),
    ]
  }

  async function submit(): Promise<Booking | null> {
    if (submitting.value) return null
    clearComplaints()
    issues.value = missing()
    if (issues.value.length > 0) return null
    submitting.value = true
    try {
      return await (booking ? change(booking) : create())
    } catch (thrown) {
      complain(toApiError(thrown))
      return null
    } finally {
      submitting.value = false
    }
  }

  function create(): Promise<Booking> {
    const { organizerId, roomId, title, attendeeIds, note } = draft
    const body: CreateBookingInput = {
      roomId,
      title: title.trim(),
      ...intervalOfDraft(draft, timeZone),
      attendeeIds: [...attendeeIds],
      ...(organizerId ? { organizerId } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    }
    const content = JSON.stringify(body)
    if (sentWithKey !== null && sentWithKey !== content) key = randomId()
    sentWithKey = content
    return api.createBooking(body, key)
  }

  function change(current: Booking): Promise<Booking> {
    const changes = changesOf(draft, base.value, timeZone)
    return api.updateBooking(current.id, {
      ...changes,
      ...(version.value === undefined ? {} : { version: version.value }),
    })
  }

  function complain(failure: ApiError): void {
    issues.value = failure.fieldIssues
    conflicts.value = failure.conflicts
    changedMeanwhile.value = failure.code === 'VERSION_CONFLICT'
    // The server holds other content under this key; the next attempt is a new one.
    if (failure.code === 'IDEMPOTENCY_KEY_REUSED') key = randomId()
    error.value = failure
  }

  /** Takes over the newest state, keeping what was typed here. */
  async function loadNewest(): Promise<Booking | null> {
    if (!booking) return null
    try {
      const newest = await api.getBooking(booking.id)
      const newestDraft = draftOf(newest, timeZone)
      Object.assign(draft, mergeDraft(draft, base.value, newestDraft))
      base.value = newestDraft
      version.value = newest.version
      clearComplaints()
      reloaded.value = true
      return newest
    } catch (thrown) {
      error.value = toApiError(thrown)
      return null
    }
  }

  /** Null while nothing is unsaved. */
  function snapshot(): BookingSnapshot | null {
    if (!dirty.value) return null
    return { draft: copyOf(draft), base: copyOf(base.value), version: version.value ?? null, key, sentWithKey }
  }

  function restore(kept: BookingSnapshot): void {
    Object.assign(draft, kept.draft)
    base.value = { ...base.value, ...kept.base }
    version.value = kept.version ?? undefined
    key = kept.key
    sentWithKey = kept.sentWithKey
  }

  return {
    draft,
    dirty,
    snapshot,
    restore,
    submitting,
    conflicts,
    error,
    changedMeanwhile,
    reloaded,
    generalIssues,
    issuesOf,
    touched,
    submit,
    loadNewest,
  }
}

export type BookingForm = ReturnType<typeof useBookingForm>
