import { describe, expect, it } from 'vitest'
import { bookingScene, type BookingScene } from '../../test/support/booking-scene'
import { instantToMinute, slotsOf } from './booking-time'
import { RoomSlotModel } from './booking.models'

let app: BookingScene['app']
let room: BookingScene['room']
let organizer: BookingScene['organizer']
let colleague: BookingScene['colleague']
const { draft, book } = bookingScene((scene) => ({ app, room, organizer, colleague } = scene))

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
