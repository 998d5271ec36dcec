import type { OperationRequest } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeldRole } from '../../test/support/builders'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const someone = async (...roles: HeldRole[]) =>
  app.again(await app.build.user({ roles: [{ roleId: 'member' }, ...roles] }))

/** Two buildings with a room each, and a booking of somebody in the first. */
async function scene() {
  const [here, there] = [await app.build.building(), await app.build.building()]
  const [room, farRoom] = [
    await app.build.room({ buildingId: here.id }),
    await app.build.room({ buildingId: there.id }),
  ]
  const department = await app.build.department()
  const team = await app.build.department({ parentId: department.id })
  const owner = await app.again(await app.build.user({ departmentId: team.id }))
  const { body: booking } = await book(owner.token, { roomId: room.id })
  return { here, there, room, farRoom, department, team, owner, booking }
}

type Body = Partial<OperationRequest<'createBooking'>['body']> & { roomId: string }
function book(token: string, more: Body, from = 60) {
  const body = { title: '周会', startsAt: app.build.time(from), endsAt: app.build.time(from + 30), ...more }
  return app.call('createBooking', { headers: {}, body }, token)
}

const rename = (token: string, id: string) =>
  app.call('updateBooking', { params: { id }, body: { title: '改名' } }, token)

describe('whoever manages one building', () => {
  it('changes bookings of its rooms and of no others', async () => {
    const { here, there, booking } = await scene()
    const [own, other] = [
      await someone({ roleId: 'manager', buildingId: here.id }),
      await someone({ roleId: 'manager', buildingId: there.id }),
    ]
    expect((await rename(own.token, booking.id)).body.title).toBe('改名')
    expect((await rename(other.token, booking.id)).error.code).toBe('FORBIDDEN')
    const canEdit = async (token: string) =>
      (await app.call('getBooking', { params: { id: booking.id } }, token)).body.canEdit
    expect([await canEdit(own.token), await canEdit(other.token)]).toEqual([true, false])
  })

  it('does not move other people’s meetings into a building of somebody else', async () => {
    const { here, there, booking, farRoom } = await scene()
    const move = (token: string) =>
      app.call('updateBooking', { params: { id: booking.id }, body: { roomId: farRoom.id } }, token)
    const own = await someone({ roleId: 'manager', buildingId: here.id })
    expect((await move(own.token)).error.code).toBe('FORBIDDEN')
    const both = await someone({ roleId: 'manager', buildingId: here.id }, { roleId: 'manager', buildingId: there.id })
    expect((await move(both.token)).body.roomId).toBe(farRoom.id)
  })

  it('sees and sends again the messages about its rooms alone', async () => {
    const { here, there, room, owner } = await scene()
    const guest = await app.build.user()
    await book(owner.token, { roomId: room.id, attendeeIds: [guest.id] }, 210)
    await app.deliver()
    const own = await someone({ roleId: 'manager', buildingId: here.id })
    const other = await someone({ roleId: 'manager', buildingId: there.id })
    const list = async (token: string) =>
      (await app.call('listNotifications', { query: { recipientId: guest.id } }, token)).body
    const [message] = (await list(own.token)).items
    expect([(await list(own.token)).total, (await list(other.token)).total]).toEqual([1, 0])
    const params = { id: message?.id ?? '' }
    expect((await app.call('resendNotification', { params }, other.token)).error.code).toBe('FORBIDDEN')
    expect((await app.call('resendNotification', { params }, own.token)).status).toBe(200)
  })

  it('has none of the role’s rights that know no building', async () => {
    const { here } = await scene()
    const own = await someone({ roleId: 'manager', buildingId: here.id })
    const template = await app.call('getTemplate', { params: { code: 'BOOKING_CREATED' } }, own.token)
    expect(template.error.code).toBe('FORBIDDEN')
    const me = (await app.call('getMe', {}, own.token)).body
    expect(me.permissions).toContain('booking:manage')
    expect(me.permissions).not.toContain('template:read')
  })
})

describe('whoever manages a department', () => {
  it('changes the bookings of its people and of those below it, in any room', async () => {
    const { department, team, booking } = await scene()
    const elsewhere = await app.build.department()
    const changes = async (departmentId: string) => {
      const person = await someone({ roleId: 'manager', departmentId })
      return (await rename(person.token, booking.id)).status
    }
    expect([await changes(department.id), await changes(team.id), await changes(elsewhere.id)]).toEqual([200, 200, 403])
  })
})

describe('booking for somebody else', () => {
  it('is for the front desk, who may change what they booked', async () => {
    const { room, owner } = await scene()
    const desk = await app.signIn('frontdesk')
    const { status, body } = await book(desk.token, { roomId: room.id, organizerId: owner.id }, 120)
    expect(status).toBe(201)
    expect(body.organizer.id).toBe(owner.id)
    expect((await rename(desk.token, body.id)).status).toBe(200)
    expect((await rename(owner.token, body.id)).status).toBe(200)
  })

  it('tells the one it is for', async () => {
    const { room, owner } = await scene()
    const desk = await app.signIn('frontdesk')
    const guest = await app.build.user()
    const { body } = await book(
      desk.token,
      { roomId: room.id, organizerId: owner.id, attendeeIds: [guest.id, desk.id] },
      120,
    )
    const admin = await app.signIn('admin')
    const messages = (await app.call('listNotifications', { query: { bookingId: body.id } }, admin.token)).body
    expect(messages.items.map(({ recipient }) => recipient.id).sort()).toEqual([guest.id, owner.id].sort())
  })

  it('is nothing for members, nor for the desk of another building', async () => {
    const { here, there, room, owner } = await scene()
    const attempt = async (token: string) =>
      (await book(token, { roomId: room.id, organizerId: owner.id }, 240)).error?.code
    expect(await attempt((await app.signIn('member')).token)).toBe('FORBIDDEN')
    const far = await someone({ roleId: 'frontdesk', buildingId: there.id })
    expect(await attempt(far.token)).toBe('FORBIDDEN')
    const near = await someone({ roleId: 'frontdesk', buildingId: here.id })
    expect(await attempt(near.token)).toBeUndefined()
  })

  it('says when there is no such person', async () => {
    const { room } = await scene()
    const desk = await app.signIn('frontdesk')
    const gone = await app.build.user({ status: 'disabled' })
    for (const organizerId of ['nobody', gone.id])
      expect((await book(desk.token, { roomId: room.id, organizerId })).error.details).toMatchObject({
        issues: [{ path: 'organizerId', code: 'unknown_user' }],
      })
  })
})

describe('the audit log', () => {
  it('keeps a booking’s whole life in words', async () => {
    const { room, owner, booking } = await scene()
    await app.call(
      'updateBooking',
      { params: { id: booking.id }, body: { title: '月会', endsAt: app.build.time(120) } },
      owner.token,
    )
    await app.call('cancelBooking', { params: { id: booking.id }, query: {}, body: { reason: '改期' } }, owner.token)
    const admin = await app.signIn('admin')
    const { items } = (await app.call('listAudit', { query: { targetId: booking.id } }, admin.token)).body
    expect(items).toMatchObject([
      { action: 'booking.cancelled', before: { status: 'confirmed' }, after: { status: 'cancelled' }, reason: '改期' },
      { action: 'booking.updated', before: { title: '周会' }, after: { title: '月会', endsAt: app.build.time(120) } },
      { action: 'booking.created', before: null, after: { title: '周会', room: room.name }, actor: { id: owner.id } },
    ])
    expect(Object.keys(items[1]?.after ?? {}).sort()).toEqual(['endsAt', 'title'])
    expect(items[0]?.requestId).toBeTruthy()
  })
})
