import type { CreateBookingInput } from '@huiyue/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import type { RoomModel } from '../room/room.model'
import { instantToMinute, slotsOf } from './booking-time'
import { IdempotencyKeyModel, RoomSlotModel } from './booking.models'

type Person = Awaited<ReturnType<TestApp['signIn']>>

let app: TestApp
let room: RoomModel
let organizer: Person
let colleague: Person

beforeAll(async () => {
  app = await createTestApp()
  organizer = await app.signIn('member', '李雷')
  colleague = await app.signIn('member', '韩梅梅')
})
afterAll(() => app.close())
afterEach(() => app.clock.reset())
beforeEach(async () => {
  room = await app.build.room()
})

/** A booking of the test's own room, from and to in minutes after the test clock. */
function draft(from = 60, to = 120, more: Partial<CreateBookingInput> = {}): CreateBookingInput {
  return { roomId: room.id, title: '周会', startsAt: app.build.time(from), endsAt: app.build.time(to), ...more }
}

function book(input = draft(), key?: string, person = organizer) {
  return app.call('createBooking', { headers: key ? { 'idempotency-key': key } : {}, body: input }, person.token)
}

describe('booking a room', () => {
  it('answers the booking, and the room is busy then', async () => {
    const { status, body } = await book(
      draft(60, 120, { attendeeIds: [colleague.id, colleague.id, organizer.id], note: '带电脑' }),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      roomId: room.id,
      title: '周会',
      note: '带电脑',
      status: 'confirmed',
      version: 1,
      canEdit: true,
      organizer: { name: '李雷' },
    })
    expect(body.attendees.map((attendee) => attendee.name)).toEqual(['韩梅梅'])
    const query = { from: app.build.time(0), to: app.build.time(600), roomIds: [room.id] }
    const { body: availability } = await app.call('getAvailability', { query }, colleague.token)
    expect(availability.items).toEqual([
      { roomId: room.id, busy: [{ bookingId: body.id, startsAt: body.startsAt, endsAt: body.endsAt }] },
    ])
  })

  it.each([
    ['the same time', 60, 120],
    ['a time inside', 75, 90],
    ['a time around', 45, 135],
    ['its beginning', 30, 75],
    ['its end', 105, 150],
  ])('refuses %s, and says who is in the way', async (_name, from, to) => {
    const first = await book()
    const second = await book(draft(from, to), undefined, colleague)
    expect(second.status).toBe(409)
    expect(second.error.code).toBe('BOOKING_CONFLICT')
    expect(second.error.details).toEqual({
      conflicts: [
        {
          bookingId: first.body.id,
          title: '周会',
          startsAt: first.body.startsAt,
          endsAt: first.body.endsAt,
          organizer: { id: organizer.id, name: '李雷' },
        },
      ],
    })
  })

  it('lets meetings follow each other without a gap', async () => {
    await book()
    expect((await book(draft(0, 60))).status).toBe(201)
    expect((await book(draft(120, 180))).status).toBe(201)
  })

  it('takes instants with any offset', async () => {
    const { body } = await book(
      draft(0, 0, { startsAt: '2026-11-23T18:00:00+08:00', endsAt: '2026-11-23T19:00:00+08:00' }),
    )
    expect([body.startsAt, body.endsAt]).toEqual(['2026-11-23T10:00:00.000Z', '2026-11-23T11:00:00.000Z'])
  })

  it('names every wrong field', async () => {
    const { status, error } = await book({ roomId: '', title: ' ', startsAt: 'tomorrow', endsAt: app.build.time(60) })
    expect(status).toBe(400)
    expect(error.details).toMatchObject({
      issues: [
        { path: 'roomId', code: 'required' },
        { path: 'title', code: 'required' },
        { path: 'startsAt', code: 'invalid_format' },
      ],
    })
  })

  it.each([
    ['a start off the grid', draftOf(67, 120), { path: 'startsAt', code: 'not_on_grid', params: { minutes: 15 } }],
    ['an end off the grid', draftOf(60, 121), { path: 'endsAt', code: 'not_on_grid', params: { minutes: 15 } }],
    ['a start in the past', draftOf(-30, 60), { path: 'startsAt', code: 'in_the_past' }],
    ['an end before the start', draftOf(60, 45), { path: 'endsAt', code: 'end_not_after_start' }],
    ['no length at all', draftOf(60, 60), { path: 'endsAt', code: 'end_not_after_start' }],
    [
      'more than a day',
      draftOf(60, 60 + 24 * 60 + 15),
      { path: 'endsAt', code: 'booking_too_long', params: { hours: 24 } },
    ],
    ['an unknown person', { attendeeIds: ['nobody'] }, { path: 'attendeeIds.0', code: 'unknown_user' }],
    ['an unknown room', { roomId: 'nowhere' }, { path: 'roomId', code: 'unknown_room' }],
    ['a title too long', { title: '长'.repeat(101) }, { path: 'title', code: 'too_long', params: { max: 100 } }],
  ])('refuses %s', async (_name, change, issue) => {
    const times = 'from' in change ? draft(change.from, change.to) : draft(60, 120, change)
    const { status, error } = await book(times)
    expect(status).toBe(400)
    expect(error.details).toMatchObject({ issues: [issue] })
  })

  it('lets a room be taken on the spot: the slot that is running may be booked', async () => {
    app.clock.advance(7 * 60)
    expect((await book(draft(0, 30))).status).toBe(201)
  })

  it('at the very start of a slot, the slot before is past', async () => {
    expect((await book(draft(-15, 30))).error.details).toMatchObject({
      issues: [{ path: 'startsAt', code: 'in_the_past' }],
    })
  })

  it('refuses a closed room', async () => {
    const closed = await app.build.room({ status: 'closed' })
    expect((await book(draft(60, 120, { roomId: closed.id }))).error.code).toBe('ROOM_CLOSED')
  })

  it('needs a login', async () => {
    const { status, error } = await app.call('createBooking', { headers: {}, body: draft() })
    expect([status, error.code]).toEqual([401, 'NOT_SIGNED_IN'])
  })
})

describe('an idempotency key', () => {
  it('makes a repeated request answer the same booking, to the byte', async () => {
    const first = await book(draft(), 'form-1')
    const again = await book(draft(), 'form-1')
    expect(again.status).toBe(201)
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body))
  })

  it('makes one booking of twenty taps at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => book(draft(), 'tap')))
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  })

  it('keeps the answer of the largest meeting', async () => {
    const name = '很长的名字'.repeat(12)
    const people = await Promise.all(Array.from({ length: 200 }, () => app.build.user({ name })))
    const input = draft(60, 120, { attendeeIds: people.map((person) => person.id) })
    const first = await book(input, 'everybody')
    expect(first.body.attendees).toHaveLength(200)
    expect((await book(input, 'everybody')).body).toEqual(first.body)
  })

  it('cannot be used for something else', async () => {
    await book(draft(), 'form-2')
    const other = await book(draft(180, 240), 'form-2')
    expect([other.status, other.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('belongs to one person', async () => {
    await book(draft(), 'shared')
    expect((await book(draft(180, 240), 'shared', colleague)).status).toBe(201)
  })

  it('is free again when the request failed', async () => {
    const blocker = await book()
    expect((await book(draft(), 'later', colleague)).status).toBe(409)
    await app.call('cancelBooking', { params: { id: blocker.body.id }, query: {}, body: {} }, organizer.token)
    expect((await book(draft(), 'later', colleague)).status).toBe(201)
    expect(await IdempotencyKeyModel.count({ where: { key: 'later' } })).toBe(1)
  })
})

describe('changing a booking', () => {
  const change = (id: string, body: Parameters<typeof app.call<'updateBooking'>>[1]['body'], person = organizer) =>
    app.call('updateBooking', { params: { id }, body }, person.token)

  it('moves it in time and to another room, and its old place is free', async () => {
    const { body } = await book()
    const other = await app.build.room()
    const moved = await change(body.id, {
      roomId: other.id,
      startsAt: app.build.time(180),
      endsAt: app.build.time(210),
    })
    expect(moved.body).toMatchObject({ roomId: other.id, startsAt: app.build.time(180), version: 2 })
    expect(await RoomSlotModel.count({ where: { bookingId: body.id } })).toBe(6)
    expect((await book()).status).toBe(201)
    expect((await book(draft(180, 210, { roomId: other.id }))).status).toBe(409)
  })

  it('may overlap itself: a longer meeting is not in its own way', async () => {
    const { body } = await book()
    expect((await change(body.id, { startsAt: app.build.time(45), endsAt: app.build.time(150) })).status).toBe(200)
  })

  it('refuses a place that is taken, and leaves everything as it was', async () => {
    const { body } = await book()
    await book(draft(120, 180), undefined, colleague)
    const refused = await change(body.id, { title: '别的', endsAt: app.build.time(135) })
    expect([refused.status, refused.error.code]).toEqual([409, 'BOOKING_CONFLICT'])
    const { body: now } = await app.call('getBooking', { params: { id: body.id } }, organizer.token)
    expect(now).toMatchObject({ title: '周会', version: 1, endsAt: body.endsAt })
  })

  it('changes words and people without touching the time, even when the meeting is running', async () => {
    const { body } = await book(draft(0, 60, { attendeeIds: [colleague.id] }))
    app.clock.advance(20 * 60)
    const changes = { title: '新标题', note: null, attendeeIds: [] }
    const changed = await change(body.id, changes, await app.again(organizer))
    expect(changed.body).toMatchObject({ title: '新标题', note: null, attendees: [] })
  })

  it('tells a stale screen that the booking changed meanwhile', async () => {
    const { body } = await book()
    await change(body.id, { title: '一' })
    const stale = await change(body.id, { title: '二', version: body.version })
    expect([stale.status, stale.error.code]).toEqual([409, 'VERSION_CONFLICT'])
    expect(stale.error.details).toEqual({ currentVersion: 2 })
  })

  it('cannot be talked out of a move that was made meanwhile', async () => {
    const { body } = await book()
    const answers = await Promise.all([
      change(body.id, { startsAt: app.build.time(180), endsAt: app.build.time(240) }),
      ...[1, 2, 3, 4].map(() => change(body.id, { title: '改名', version: 2 })),
    ])
    expect(answers.every((answer) => [200, 409].includes(answer.status))).toBe(true)
    const { body: now } = await app.call('getBooking', { params: { id: body.id } }, organizer.token)
    const slots = await RoomSlotModel.findAll({ where: { bookingId: body.id }, order: ['slotNo'] })
    expect(slots.map((slot) => slot.slotNo)).toEqual(
      slotsOf({ startMinute: instantToMinute(now.startsAt), endMinute: instantToMinute(now.endsAt) }),
    )
  })

  it('is possible while somebody invited has left, and lets nobody new in who has', async () => {
    const leaver = await app.build.user()
    const { body } = await book(draft(60, 120, { attendeeIds: [leaver.id] }))
    await leaver.update({ status: 'disabled' })
    expect((await change(body.id, { title: '照旧', attendeeIds: [leaver.id] })).status).toBe(200)
    const other = await book(draft(180, 240))
    expect((await change(other.body.id, { attendeeIds: [leaver.id] })).error.details).toMatchObject({
      issues: [{ path: 'attendeeIds.0', code: 'unknown_user' }],
    })
  })

  it('does not move about in a room that was closed, but keeps its words', async () => {
    const { body } = await book()
    await room.update({ status: 'closed' })
    expect((await change(body.id, { endsAt: app.build.time(90) })).error.code).toBe('ROOM_CLOSED')
    expect((await change(body.id, { title: '还在' })).status).toBe(200)
  })

  it('lets one of two simultaneous changes win', async () => {
    const { body } = await book()
    const answers = await Promise.all([
      change(body.id, { startsAt: app.build.time(180), endsAt: app.build.time(240), version: 1 }),
      change(body.id, { startsAt: app.build.time(300), endsAt: app.build.time(360), version: 1 }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(await RoomSlotModel.count({ where: { bookingId: body.id } })).toBe(12)
  })

  it('checks the new length against the part that stays', async () => {
    const { body } = await book()
    const { error } = await change(body.id, { endsAt: app.build.time(30) })
    expect(error.details).toMatchObject({ issues: [{ path: 'endsAt', code: 'end_not_after_start' }] })
  })

  it('is for the organiser and for managers', async () => {
    const { body } = await book()
    expect((await change(body.id, { title: '不行' }, colleague)).error.code).toBe('FORBIDDEN')
    const manager = await app.signIn('manager')
    expect((await change(body.id, { title: '可以' }, manager)).body.title).toBe('可以')
    const seen = await app.call('getBooking', { params: { id: body.id } }, colleague.token)
    expect(seen.body.canEdit).toBe(false)
  })

  it('is too late when the meeting is over', async () => {
    const { body } = await book(draft(0, 15))
    app.clock.advance(15 * 60)
    expect((await change(body.id, { title: '迟了' }, await app.again(organizer))).error.code).toBe(
      'BOOKING_ALREADY_OVER',
    )
  })

  it('travels as POST where the client knows no PATCH', async () => {
    const { body } = await book()
    const supertest = (await import('supertest')).default
    const answer = await supertest(app.http)
      .post(`/api/v1/bookings/${body.id}`)
      .set({ authorization: `Bearer ${organizer.token}`, 'x-http-method-override': 'PATCH' })
      .send({ title: '小程序改的' })
    expect([answer.status, answer.body.title]).toEqual([200, '小程序改的'])
  })
})

describe('cancelling a booking', () => {
  const cancel = (
    id: string,
    request: { query?: { reason: string }; body?: { reason: string } } = {},
    person = organizer,
  ) => app.call('cancelBooking', { params: { id }, query: request.query ?? {}, body: request.body ?? {} }, person.token)

  it('frees its time at once and keeps it readable, with the reason', async () => {
    const { body } = await book()
    const cancelled = await cancel(body.id, { body: { reason: '改到下周' } })
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancelReason: '改到下周', canEdit: false })
    expect((await book(draft(), undefined, colleague)).status).toBe(201)
    const { body: read } = await app.call('getBooking', { params: { id: body.id } }, colleague.token)
    expect(read.status).toBe('cancelled')
  })

  it('takes the reason from the query too, for clients that send no body', async () => {
    const { body } = await book()
    expect((await cancel(body.id, { query: { reason: '下雨' } })).body.cancelReason).toBe('下雨')
  })

  it('happens once', async () => {
    const { body } = await book()
    const answers = await Promise.all([cancel(body.id), cancel(body.id)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect((await cancel(body.id)).error.code).toBe('BOOKING_NOT_ACTIVE')
  })

  it('is for the organiser and for managers; nobody cancels what does not exist', async () => {
    const { body } = await book()
    expect((await cancel(body.id, {}, colleague)).error.code).toBe('FORBIDDEN')
    expect((await cancel('no-such-booking')).error.code).toBe('NOT_FOUND')
  })
})

describe('lists', () => {
  const list = (query: Partial<Parameters<typeof app.call<'listBookings'>>[1]['query']> = {}, person = organizer) =>
    app.call(
      'listBookings',
      { query: { from: app.build.time(0), to: app.build.time(600), roomId: room.id, ...query } },
      person.token,
    )

  it('have what touches the time asked for, in order, and the total', async () => {
    await book(draft(120, 180, { title: '二' }))
    await book(draft(60, 120, { title: '一' }))
    await book(draft(300, 360, { title: '三' }))
    expect((await list({ to: app.build.time(240) })).body.items.map((item) => item.title)).toEqual(['一', '二'])
    expect((await list({ from: app.build.time(119), to: app.build.time(121) })).body.total).toBe(2)
    const page = await list({ limit: 1, offset: 1 })
    expect([page.body.total, page.body.items.map((item) => item.title)]).toEqual([3, ['二']])
  })

  it('of mine have what I hold and what I am invited to', async () => {
    const outsider = await app.signIn()
    await book(draft(0, 60, { attendeeIds: [colleague.id] }))
    await book(draft(60, 120))
    await book(draft(120, 180), undefined, colleague)
    expect((await list({ mine: true }, colleague)).body.total).toBe(2)
    expect((await list({ mine: true }, organizer)).body.total).toBe(2)
    expect((await list({ mine: true }, outsider)).body.total).toBe(0)
  })

  it('show cancelled bookings only to those who ask', async () => {
    const { body } = await book()
    await app.call('cancelBooking', { params: { id: body.id }, query: {}, body: {} }, organizer.token)
    expect((await list()).body.total).toBe(0)
    expect((await list({ includeCancelled: true })).body.total).toBe(1)
  })

  it('refuse a range that is too long or upside down', async () => {
    const long = await list({ to: '2027-11-23T02:00:00Z' })
    expect(long.error.details).toMatchObject({ issues: [{ path: 'to', code: 'range_too_long' }] })
    const upside = await list({ to: app.build.time(-60) })
    expect(upside.error.details).toMatchObject({ issues: [{ path: 'to', code: 'end_not_after_start' }] })
  })

  it('of rooms show the free ones too', async () => {
    const query = { from: app.build.time(0), to: app.build.time(60), roomIds: [room.id, 'unknown'] }
    const { body } = await app.call('getAvailability', { query }, organizer.token)
    expect(body).toEqual({ items: [{ roomId: room.id, busy: [] }], total: 1 })
  })
})

function draftOf(from: number, to: number): { from: number; to: number } {
  return { from, to }
}
