import type { OperationId } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lastChange } from '../../test/support/last-change'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
let admin: { id: string; username: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin')
})
afterAll(() => app.close())

const accessOperations = ['resetPassword', 'endAccountSessions', 'unbindAccountWechat'] as const satisfies OperationId[]

function act(id: (typeof accessOperations)[number], userId: string, token = admin.token, reason?: string) {
  return app.call(id, { params: { id: userId }, body: reason ? { reason } : {} }, token)
}

async function bind(user: { username: string }) {
  const code = await app.sandbox.code(await app.sandbox.phone())
  const { body } = await app.call('login', {
    body: { ...app.build.credentials(user), clientId: 'mp-weixin', code },
  })
  return body.accessToken
}

describe('resetting a password', () => {
  it('gives one to hand over, ends all sessions, and the old one is worth nothing', async () => {
    const person = await app.build.user()
    const session = await app.again(person)
    const reset = await app.call(
      'resetPassword',
      { params: { id: person.id }, body: { reason: '忘记密码' } },
      admin.token,
    )
    const { password, expiresAt } = reset.body
    expect(Date.parse(expiresAt) - app.clock.now().getTime()).toBe(72 * 3_600_000)
    expect((await app.call('getMe', {}, session.token)).status).toBe(401)
    const old = await app.call('login', { body: { ...app.build.credentials(person), clientId: 'web' } })
    expect(old.error.code).toBe('CREDENTIALS_INVALID')
    const { body } = await app.call('login', { body: { username: person.username, password, clientId: 'web' } })
    expect(body.user.mustChangePassword).toBe(true)
    const entry = await lastChange(person.id)
    expect(entry).toMatchObject({ action: 'account.password_reset', actorId: admin.id, reason: '忘记密码' })
    expect(JSON.stringify(entry)).not.toContain(password)
  })
})

describe('ending sessions', () => {
  it('ends all of a person’s, says how many, and writes it down', async () => {
    const person = await app.build.user()
    const sessions = [await app.again(person), await app.again(person)]
    const { body } = await app.call(
      'endAccountSessions',
      { params: { id: person.id }, body: { reason: '设备丢失' } },
      admin.token,
    )
    expect(body).toEqual({ ended: 2 })
    for (const { token } of sessions) expect((await app.call('getMe', {}, token)).status).toBe(401)
    expect(await lastChange(person.id)).toMatchObject({
      action: 'session.ended',
      after: { sessions: 2 },
      reason: '设备丢失',
    })
    expect((await act('endAccountSessions', person.id)).body).toEqual({ ended: 0 })
  })

  it('is limited to the departments that the right is limited to', async () => {
    const [own, other] = [await app.build.department(), await app.build.department()]
    const role = await app.build.role(['account:read', 'session:end'])
    const actor = await app.again(
      await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId: own.id }] }),
    )
    const inside = await app.build.user({ departmentId: own.id })
    const outside = await app.build.user({ departmentId: other.id })
    expect((await act('endAccountSessions', inside.id, actor.token)).status).toBe(200)
    expect((await act('endAccountSessions', outside.id, actor.token)).error.code).toBe('NOT_FOUND')
  })
})

describe('untying WeChat', () => {
  it('frees the account, ends the mini program’s session only, and shows messages that cannot arrive', async () => {
    const [person, organizer, room] = [await app.build.user(), await app.signIn(), await app.build.room()]
    const [phone, browser] = [await bind(person), (await app.again(person)).token]
    const booking = await app.call(
      'createBooking',
      {
        body: {
          roomId: room.id,
          title: '周会',
          startsAt: app.build.time(60),
          endsAt: app.build.time(90),
          attendeeIds: [person.id],
        },
        headers: {},
      },
      organizer.token,
    )
    const { body } = await app.call(
      'unbindAccountWechat',
      { params: { id: person.id }, body: { reason: '换手机' } },
      admin.token,
    )
    expect(body.wechat).toEqual({ bound: false, reason: 'never_bound' })
    expect((await app.call('getMe', {}, phone)).status).toBe(401)
    expect((await app.call('getMe', {}, browser)).status).toBe(200)
    expect(await lastChange(person.id)).toMatchObject({ action: 'account.wechat_unbound', reason: '换手机' })
    const { body: shown } = await app.call('getBooking', { params: { id: booking.body.id } }, organizer.token)
    expect(shown.attendees).toMatchObject([{ delivery: { state: 'suppressed', reason: 'wechat_unbound' } }])
    await bind(person)
    const after = await app.call('getAccount', { params: { id: person.id } }, admin.token)
    expect(after.body.wechat.bound).toBe(true)
  })
})

describe.each(accessOperations)('%s', (operation) => {
  it('is for nobody who lacks a right that the account has', async () => {
    const role = await app.build.role(['account:read', 'account:manage', 'session:end'])
    const actor = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id }] }))
    const frontdesk = await app.build.user({ role: 'frontdesk' })
    const session = await app.again(frontdesk)
    expect((await act(operation, frontdesk.id, actor.token)).error.code).toBe('FORBIDDEN')
    expect((await act(operation, admin.id, actor.token)).error.code).toBe('FORBIDDEN')
    expect((await app.call('getMe', {}, session.token)).status).toBe(200)
    expect((await act(operation, (await app.build.user()).id, actor.token)).status).toBe(200)
  })

  it('is for nobody without the right to it, and needs an account that is there', async () => {
    const { token } = await app.signIn('manager')
    expect((await act(operation, admin.id, token)).error.code).toBe('FORBIDDEN')
    expect((await act(operation, 'unknown')).error.code).toBe('NOT_FOUND')
  })
})

it('nobody resets their own password this way', async () => {
  expect((await act('resetPassword', admin.id)).error.code).toBe('OWN_ACCOUNT')
})
