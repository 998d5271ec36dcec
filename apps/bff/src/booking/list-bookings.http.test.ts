import { describe, expect, it } from 'vitest'
import { bookingScene, type BookingScene } from '../../test/support/booking-scene'

let app: BookingScene['app']
let room: BookingScene['room']
let organizer: BookingScene['organizer']
let colleague: BookingScene['colleague']
const { draft, book } = bookingScene((scene) => ({ app, room, organizer, colleague } = scene))

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
