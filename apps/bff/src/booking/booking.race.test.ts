import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { countOverlaps } from '../../test/support/overlaps'
import { BookingModel, RoomSlotModel } from './booking.models'
import { slotsOf } from './booking-time'

let app: TestApp
let people: Awaited<ReturnType<TestApp['signIn']>>[]
beforeAll(async () => {
  app = await createTestApp()
  people = await Promise.all(Array.from({ length: 5 }, () => app.signIn()))
})
afterAll(() => app.close())

const person = (index: number) => people[index % people.length]!.token

it('fifty clients at once: one gets the room, forty-nine are told who has it', async () => {
  const room = await app.build.room()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      // All of them want 10:00; they come from different sides.
      const startsAt = app.build.time(480 - (index % 4) * 15)
      const endsAt = app.build.time(495 + (index % 3) * 15)
      const body = { roomId: room.id, title: `${index}`, startsAt, endsAt }
      return app.call('createBooking', { headers: {}, body }, person(index))
    }),
  )
  const winners = answers.filter((answer) => answer.status === 201)
  expect(winners).toHaveLength(1)
  for (const answer of answers.filter((candidate) => candidate.status !== 201)) {
    expect(answer.error.code).toBe('BOOKING_CONFLICT')
    expect(answer.error.details).toMatchObject({ conflicts: [{ bookingId: winners[0]?.body.id }] })
  }
})

it('a storm of bookings, moves and cancellations leaves no overlap, and slots are exactly the active bookings', async () => {
  const rooms = await Promise.all([app.build.room(), app.build.room()])
  const random = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const start = 480 + Math.floor(Math.random() * 12) * 15
      const times = { startsAt: app.build.time(start), endsAt: app.build.time(start + random([15, 30, 45, 90])) }
      const roomId = random(rooms).id
      const create = { headers: {}, body: { roomId, title: '风暴', ...times } }
      const { status, body } = await app.call('createBooking', create, person(index))
      if (status !== 201) return status
      const shifted = 480 + Math.floor(Math.random() * 12) * 15
      const move = { roomId: random(rooms).id, startsAt: app.build.time(shifted), endsAt: app.build.time(shifted + 30) }
      const params = { id: body.id }
      if (index % 3 === 0)
        return (await app.call('cancelBooking', { params, query: {}, body: {} }, person(index))).status
      return (await app.call('updateBooking', { params, body: move }, person(index))).status
    }),
  )
  expect(statuses.filter((status) => ![200, 201, 409].includes(status))).toEqual([])
  expect(statuses).toContain(200)
  expect(await countOverlaps(app.sequelize)).toBe(0)
  const active = await BookingModel.findAll({ where: { status: 'confirmed' } })
  const expected = active.flatMap((booking) =>
    slotsOf(booking).map((slot) => `${booking.roomId} ${slot} ${booking.id}`),
  )
  const held = (await RoomSlotModel.findAll()).map((slot) => `${slot.roomId} ${slot.slotNo} ${slot.bookingId}`)
  expect(held.sort()).toEqual(expected.sort())
})
