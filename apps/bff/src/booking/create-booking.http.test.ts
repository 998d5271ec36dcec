import { describe, expect, it } from 'vitest'
import { bookingScene, type BookingScene } from '../../test/support/booking-scene'
import { IdempotencyKeyModel } from './booking.models'

let app: BookingScene['app']
let room: BookingScene['room']
let organizer: BookingScene['organizer']
let colleague: BookingScene['colleague']
const { draft, book } = bookingScene((scene) => ({ app, room, organizer, colleague } = scene))

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

  it('names what only this installation knows together with the rest', async () => {
    const { error } = await book(
      draft(67, 120, { title: '', roomId: 'nowhere', attendeeIds: [colleague.id, 'nobody'] }),
    )
    expect(error.details).toMatchObject({
      issues: [
        { path: 'title', code: 'required' },
        { path: 'roomId', code: 'unknown_room' },
        { path: 'startsAt', code: 'not_on_grid' },
        { path: 'attendeeIds.1', code: 'unknown_user' },
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

function draftOf(from: number, to: number): { from: number; to: number } {
  return { from, to }
}
