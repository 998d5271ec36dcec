import type { Booking, CreateBookingInput, FieldIssue, UpdateBookingInput } from '@huiyue/contracts'
import { describe, expect, it } from 'vitest'
import { ApiError } from '@/http/api-error'
import { draftOf, type BookingDraft } from './booking-draft'
import { aBooking } from './booking-fixtures'
import { useBookingForm } from './use-booking-form'

const timeZone = 'Asia/Shanghai'
const emptyDraft: BookingDraft = {
  organizerId: '',
  roomId: 'r1',
  date: '2026-11-23',
  time: '10:00',
  minutes: 60,
  title: '产品周会',
  attendeeIds: ['u2', 'u3', 'u4'],
  note: ' 带上数据 ',
}

/** A server that answers what is queued for it and remembers what it was asked. */
function fakeApi(...answers: (Booking | ApiError | Promise<Booking>)[]) {
  const creates: { body: CreateBookingInput; key: string }[] = []
  const updates: UpdateBookingInput[] = []
  const next = async () => {
    const answer = await answers.shift()
    if (!answer) throw new Error('no answer left')
    if (answer instanceof ApiError) throw answer
    return answer
  }
  return {
    creates,
    updates,
    createBooking: (body: CreateBookingInput, key: string) => (creates.push({ body, key }), next()),
    updateBooking: (_id: string, body: UpdateBookingInput) => (updates.push(body), next()),
    getBooking: next,
  }
}
const invalid = (...issues: FieldIssue[]) => new ApiError('VALIDATION_FAILED', 400, { issues })
const issue = (path: string, code: FieldIssue['code']): FieldIssue => ({ path, code, message: `${path}: ${code}` })
const taken = new ApiError('BOOKING_CONFLICT', 409, {
  conflicts: [
    {
      bookingId: 'b9',
      title: '评审',
      startsAt: '2026-11-23T02:30:00.000Z',
      endsAt: '2026-11-23T03:30:00.000Z',
      organizer: { id: 'u9', name: '王芳' },
    },
  ],
})

describe('a new booking', () => {
  it('is sent in instants of the organisation’s zone', async () => {
    const api = fakeApi(aBooking())
    const form = useBookingForm({ draft: emptyDraft, timeZone, api })
    await expect(form.submit()).resolves.toMatchObject({ id: 'b1' })
    expect(api.creates[0]?.body).toEqual({
      roomId: 'r1',
      title: '产品周会',
      startsAt: '2026-11-23T02:00:00.000Z',
      endsAt: '2026-11-23T03:00:00.000Z',
      attendeeIds: ['u2', 'u3', 'u4'],
      note: '带上数据',
    })
  })

  it('puts each complaint of the server beside its field and keeps everything typed', async () => {
    const api = fakeApi(
      invalid(issue('attendeeIds.2', 'unknown_user'), issue('startsAt', 'in_the_past'), issue('', 'invalid_value')),
    )
    const form = useBookingForm({ draft: emptyDraft, timeZone, api })
    await expect(form.submit()).resolves.toBeNull()
    expect(form.issuesOf('attendees')).toMatchObject([{ code: 'unknown_user' }])
    expect(form.issuesOf('start')).toMatchObject([{ code: 'in_the_past' }])
    expect(form.issuesOf('title')).toEqual([])
    expect(form.generalIssues.value).toHaveLength(1)
    expect({ ...form.draft }).toEqual(emptyDraft)
    form.touched('start')
    expect(form.issuesOf('start')).toEqual([])
    expect(form.issuesOf('attendees')).toHaveLength(1)
  })

  it('says what is missing without asking the server', async () => {
    const api = fakeApi()
    const form = useBookingForm({ draft: { ...emptyDraft, title: '  ', roomId: '' }, timeZone, api })
    await expect(form.submit()).resolves.toBeNull()
    expect(form.issuesOf('title')).toMatchObject([{ code: 'required' }])
    expect(form.issuesOf('room')).toMatchObject([{ code: 'required' }])
    expect(api.creates).toEqual([])
  })

  it('shows who is in the way until time or room change', async () => {
    const form = useBookingForm({ draft: emptyDraft, timeZone, api: fakeApi(taken) })
    await form.submit()
    expect(form.conflicts.value).toMatchObject([{ title: '评审', organizer: { name: '王芳' } }])
    form.touched('title')
    expect(form.conflicts.value).toHaveLength(1)
    form.touched('start')
    expect(form.conflicts.value).toEqual([])
    expect(form.error.value).toBeNull()
  })

  it('repeats its idempotency key for the same content and takes a new one for other content', async () => {
    const api = fakeApi(new ApiError('NETWORK'), new ApiError('TIMEOUT'), taken, aBooking())
    const form = useBookingForm({ draft: emptyDraft, timeZone, api })
    await form.submit()
    await form.submit()
    form.draft.time = '14:00'
    await form.submit()
    form.draft.time = '15:00'
    await form.submit()
    const [first, second, third, fourth] = api.creates.map(({ key }) => key)
    expect(second).toBe(first)
    expect(new Set([first, third, fourth]).size).toBe(3)
  })

  it('another form has another key', async () => {
    const api = fakeApi(aBooking(), aBooking())
    await useBookingForm({ draft: emptyDraft, timeZone, api }).submit()
    await useBookingForm({ draft: emptyDraft, timeZone, api }).submit()
    expect(api.creates[0]?.key).not.toBe(api.creates[1]?.key)
  })

  it('is sent once however often the button is pressed', async () => {
    let answer: (booking: Booking) => void = () => undefined
    const api = fakeApi(new Promise<Booking>((resolve) => (answer = resolve)))
    const form = useBookingForm({ draft: emptyDraft, timeZone, api })
    const first = form.submit()
    expect(form.submitting.value).toBe(true)
    await expect(form.submit()).resolves.toBeNull()
    answer(aBooking())
    await expect(first).resolves.toMatchObject({ id: 'b1' })
    expect(api.creates).toHaveLength(1)
    expect(form.submitting.value).toBe(false)
  })
})

describe('a change of a booking', () => {
  const booking = aBooking()
  const opened = draftOf(booking, timeZone)

  it('names only what changed, and the version it saw', async () => {
    const api = fakeApi(aBooking({ version: 4 }))
    const form = useBookingForm({ draft: opened, booking, timeZone, api })
    expect(form.dirty.value).toBe(false)
    form.draft.minutes = 90
    expect(form.dirty.value).toBe(true)
    await form.submit()
    expect(api.updates).toEqual([
      { startsAt: '2026-11-23T02:00:00.000Z', endsAt: '2026-11-23T03:30:00.000Z', version: 3 },
    ])
  })

  it('takes over what others changed meanwhile, and loses nothing typed here', async () => {
    const theirs = aBooking({ version: 5, title: '产品双周会', note: '改到线上', roomId: 'r2' })
    const api = fakeApi(new ApiError('VERSION_CONFLICT', 409, { currentVersion: 5 }), theirs, theirs)
    const form = useBookingForm({ draft: opened, booking, timeZone, api })
    form.draft.title = '我的标题'
    form.draft.time = '16:00'
    await expect(form.submit()).resolves.toBeNull()
    expect(form.changedMeanwhile.value).toBe(true)
    expect(form.draft.title).toBe('我的标题')

    await form.loadNewest()
    expect(form.changedMeanwhile.value).toBe(false)
    expect(form.reloaded.value).toBe(true)
    expect({ ...form.draft }).toMatchObject({ title: '我的标题', time: '16:00', note: '改到线上', roomId: 'r2' })
    await form.submit()
    expect(api.updates[1]).toEqual({
      title: '我的标题',
      startsAt: '2026-11-23T08:00:00.000Z',
      endsAt: '2026-11-23T09:00:00.000Z',
      version: 5,
    })
  })

  it('an emptied note is taken away', async () => {
    const noted = aBooking({ note: '旧备注' })
    const api = fakeApi(noted)
    const form = useBookingForm({ draft: draftOf(noted, timeZone), booking: noted, timeZone, api })
    form.draft.note = '  '
    await form.submit()
    expect(api.updates[0]).toEqual({ note: null, version: 3 })
  })
})
