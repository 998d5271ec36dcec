import type { OperationId, OperationRequest } from '@huiyue/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lastChange } from '../../test/support/last-change'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { AuditModel } from '../audit/audit.models'
import { IdempotencyKeyModel } from '../booking/booking.models'
import { IdentityModel } from '../identity/identity.model'
import { ImportRowModel } from '../import/import.models'
import { LoginLogModel } from '../login-log/login-log.models'
import { NotificationModel } from '../notification/notification.models'
import { RoleAssignmentModel } from '../role/role.models'
import { SessionModel, SessionTokenModel } from '../session/session.models'
import { SubscriptionBalanceModel, SubscriptionGrantModel } from '../subscription/subscription.models'
import { UserModel } from '../user/user.models'

let app: TestApp
let admin: { id: string; username: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin', '总管')
})
afterEach(() => app.clock.reset())
afterAll(() => app.close())

async function logInWith(openid: string, user: { username: string }): Promise<string> {
  const code = await app.sandbox.code(openid)
  const { body } = await app.call('login', { body: { ...app.build.credentials(user), clientId: 'mp-weixin', code } })
  return body.accessToken
}

/** Somebody about whom everything is kept that can be kept. */
async function livelyPerson() {
  const [department, room] = [await app.build.department({ name: '情报部' }), await app.build.room({ name: '听雨轩' })]
  const person = await app.build.user({ name: '司马懿', username: 'Sima.Yi' })
  const [openid, colleague] = [await app.sandbox.phone(), await app.build.user()]
  const token = await logInWith(openid, person)
  await logInWith(await app.sandbox.phone(), colleague)
  await app.call('updateMe', { body: { mobile: '13700001111', email: 'zhongda@wei.example' } }, token)
  await app.call(
    'updateAccount',
    { params: { id: person.id }, body: { timeZone: 'Asia/Tokyo', departmentId: department.id, reason: '外派' } },
    admin.token,
  )
  const book = (organizer: string, title: string, from: number, attendeeId: string) => {
    const draft = { roomId: room.id, title, attendeeIds: [attendeeId] }
    const times = { startsAt: app.build.time(from), endsAt: app.build.time(from + 30) }
    const headers = { 'idempotency-key': `erase-${from}-${process.pid}` }
    return app.call('createBooking', { body: { ...draft, ...times }, headers }, organizer)
  }
  const own = (await book(token, '军议', 60, colleague.id)).body
  await app.deliver()
  const invited = (await book(admin.token, '朝会', 120, person.id)).body
  // Somebody who was invited once, and is no longer, is in that booking's history alone.
  const former = (await book(admin.token, '旧会', 180, person.id)).body
  await app.call('updateBooking', { params: { id: former.id }, body: { attendeeIds: [] } }, admin.token)
  // Under the name of that time.
  await UserModel.update({ name: '司马仲达' }, { where: { id: person.id } })
  await book(admin.token, '例会', 240, person.id)
  await UserModel.update({ name: '司马懿' }, { where: { id: person.id } })
  // A session that staff ended, and that is long forgotten.
  await app.again(person)
  const sessions = await SessionModel.findAll({ where: { userId: person.id, clientId: 'web' } })
  for (const { id } of sessions) await app.call('endSession', { params: { id } }, admin.token)
  await SessionModel.destroy({ where: { id: sessions.map(({ id }) => id) } })
  const template = (await app.call('listSubscriptions', {}, token)).body.items[0]
  if (!template) throw new Error('There is a template to ask for')
  const answers = { requestId: 'prompt-1', results: { [template.templateId]: 'accept' as const } }
  await app.call('reportSubscriptions', { body: answers }, token)
  const file = '用户名,姓名,手机\nsima.YI,司马懿,\nsima.YI,又一个司马懿,\n,司马懿,13700001111\n'
  const content = Buffer.from(file).toString('base64')
  await app.call('createImport', { body: { kind: 'users', fileName: '人员.csv', content } }, admin.token)
  await app.call('exportAccounts', { query: { search: '司马懿' } }, admin.token)
  return { ...person.get(), token, openid, own, invited }
}

const traces = ['司马懿', '司马仲达', 'Sima.Yi', 'sima.yi', 'sima.YI', '13700001111', 'zhongda@wei.example', '情报部']

/** Every row in which somebody's data could be. */
async function everything(): Promise<string> {
  const rows = await Promise.all([
    UserModel.findAll(),
    IdentityModel.findAll(),
    SessionModel.findAll(),
    AuditModel.findAll(),
    LoginLogModel.findAll(),
    NotificationModel.findAll(),
    IdempotencyKeyModel.findAll(),
    ImportRowModel.findAll(),
  ])
  return JSON.stringify(rows)
}

type Person = Awaited<ReturnType<typeof livelyPerson>>

function erase(id: string, token = admin.token) {
  return app.call('eraseAccount', { params: { id }, body: { reason: '本人申请' } }, token)
}

describe('one person’s data', () => {
  let person: Person
  beforeAll(async () => {
    person = await livelyPerson()
  })

  it('can be read as a whole by those who look after erasure, and by that person; both is written down', async () => {
    const { body } = await app.call('getAccountPersonalData', { params: { id: person.id } }, admin.token)
    expect(body.account).toMatchObject({
      username: 'Sima.Yi',
      name: '司马懿',
      mobile: '13700001111',
      email: 'zhongda@wei.example',
      department: '情报部',
      timeZone: 'Asia/Tokyo',
      roles: ['member'],
    })
    expect(body.wechat).toMatchObject([{ openid: person.openid }])
    expect(body.sessions).toMatchObject([{ clientId: 'mp-weixin', method: 'password' }])
    expect(body.logins).toMatchObject([{ result: 'success', username: 'Sima.Yi' }, { clientId: 'web' }])
    expect(body.bookings).toMatchObject([
      { title: '军议', role: 'organizer', room: '听雨轩', startsAt: app.build.time(60) },
      { title: '朝会', role: 'attendee', startsAt: app.build.time(120) },
      { title: '例会', role: 'attendee' },
    ])
    expect(body.notifications).toHaveLength(3)
    expect(body.notifications[0]).toMatchObject({ bookingId: person.invited.id, state: 'pending' })
    expect(body.subscriptions).toMatchObject([{ remaining: 1, answers: [{ result: 'accept' }] }])
    expect(body.changes).toContainEqual(expect.objectContaining({ action: 'account.updated', reason: '外派' }))
    expect(await lastChange(person.id)).toMatchObject({ action: 'account.personal_data_exported', actorId: admin.id })
    const own = await app.call('getMyPersonalData', {}, person.token)
    expect(own.body.account).toEqual(body.account)
    expect(await lastChange(person.id)).toMatchObject({ actorId: person.id })
  })

  it('holds no hash and no token', async () => {
    const { body } = await app.call('getAccountPersonalData', { params: { id: person.id } }, admin.token)
    const hashes = (await SessionTokenModel.findAll()).map(({ hash }) => hash)
    const text = JSON.stringify(body)
    expect(hashes.filter((hash) => text.includes(hash))).toEqual([])
    expect(text).not.toMatch(/password_?hash/i)
  })

  it('is gone after erasing, and nothing of it is left anywhere in the database', async () => {
    const before = await everything()
    expect(traces.filter((trace) => !before.includes(trace))).toEqual([])
    const told = await NotificationModel.findOne({ where: { bookingId: person.own.id } })
    expect(told?.data).toContain('司马懿')
    const { body } = await erase(person.id)
    expect(body).toMatchObject({
      name: '已注销用户',
      status: 'erased',
      mobile: null,
      email: null,
      department: null,
      roles: [],
      wechat: { bound: false },
      canManage: false,
    })
    expect(body.username).toMatch(/^erased-[0-9a-f]{12}$/)
    expect(await NotificationModel.findAll({ where: { bookingId: person.own.id } })).toMatchObject([{ data: null }])
    const text = await everything()
    expect(traces.filter((trace) => text.includes(trace))).toEqual([])
    const where = { userId: person.id }
    expect(
      await Promise.all([
        IdentityModel.count({ where }),
        SessionModel.count({ where }),
        SubscriptionBalanceModel.count({ where }),
        SubscriptionGrantModel.count({ where }),
        RoleAssignmentModel.count({ where }),
        IdempotencyKeyModel.count({ where }),
      ]),
    ).toEqual([0, 0, 0, 0, 0, 0])
    expect((await UserModel.findByPk(person.id))?.passwordHash).toBe('')
    const blank = { username: '', device: '', address: '', place: null, result: 'success' }
    expect(await LoginLogModel.findAll({ where, raw: true })).toMatchObject([blank, blank])
  })

  it('leaves the reason in the audit log', async () => {
    expect(await lastChange(person.id)).toEqual({
      action: 'account.erased',
      actorId: admin.id,
      targetName: '已注销用户',
      reason: '本人申请',
      before: null,
      after: null,
    })
  })

  it('leaves the bookings, under another name, and messages visibly not sent', async () => {
    const get = (id: string) => app.call('getBooking', { params: { id } }, admin.token)
    expect((await get(person.own.id)).body).toMatchObject({ title: '军议', organizer: { name: '已注销用户' } })
    expect((await get(person.invited.id)).body.attendees).toMatchObject([
      { name: '已注销用户', delivery: { state: 'suppressed', reason: 'recipient_disabled' } },
    ])
  })

  it('is answered under another name also to whoever repeats the request that booked', async () => {
    const body = { roomId: person.invited.room.id, title: '朝会', attendeeIds: [person.id] }
    const times = { startsAt: app.build.time(120), endsAt: app.build.time(150) }
    const headers = { 'idempotency-key': `erase-120-${process.pid}` }
    const again = await app.call('createBooking', { body: { ...body, ...times }, headers }, admin.token)
    expect(again.body).toMatchObject({ id: person.invited.id, attendees: [{ id: person.id, name: '已注销用户' }] })
  })

  it('lets nobody in any more: neither session nor password nor WeChat', async () => {
    expect((await app.call('getMe', {}, person.token)).status).toBe(401)
    const { body: account } = await app.call('getAccount', { params: { id: person.id } }, admin.token)
    for (const username of [person.username, account.username]) {
      const attempt = await app.call('login', { body: { ...app.build.credentials({ username }), clientId: 'web' } })
      expect(attempt.error.code).toBe('CREDENTIALS_INVALID')
    }
    const code = await app.sandbox.code(person.openid)
    const byCode = await app.call('loginWechat', { body: { code, clientId: 'mp-weixin' } })
    expect(byCode.error.code).toBe('WECHAT_NOT_BOUND')
    const colleagues = await app.call('listUsers', { query: { search: '已注销' } }, admin.token)
    expect(colleagues.body.items).toEqual([])
  })

  it('stays erased: the account cannot be changed any more', async () => {
    const params = { id: person.id }
    const attempts: [OperationId, unknown][] = [
      ['updateAccount', { name: '回来' }],
      ['updateAccount', { status: 'active' }],
      ['putAccountRoles', { roles: [{ roleId: 'member' }] }],
      ['resetPassword', {}],
      ['unbindAccountWechat', {}],
      ['eraseAccount', { reason: '再来' }],
    ]
    for (const [operation, body] of attempts) {
      const { error } = await app.call(operation, { params, body } as OperationRequest<OperationId>, admin.token)
      expect(error.code, operation).toBe('ACCOUNT_ERASED')
    }
  })
})

describe('others of the same name', () => {
  it('keep it, and so does what is called like them', async () => {
    const [one, other, room] = await Promise.all([
      app.build.user({ name: '王伟' }),
      app.build.user({ name: '王伟' }),
      app.build.room(),
    ])
    const draft = { roomId: room.id, title: '王伟', attendeeIds: [one.id, other.id] }
    const times = { startsAt: app.build.time(60), endsAt: app.build.time(90) }
    const { body: booking } = await app.call(
      'createBooking',
      { body: { ...draft, ...times }, headers: {} },
      admin.token,
    )
    const change = { params: { id: booking.id }, body: { attendeeIds: [other.id] } }
    await app.call('updateBooking', change, admin.token)
    await erase(one.id)
    const { body } = await app.call('listAudit', { query: { targetId: booking.id } }, admin.token)
    expect(body.items.reverse()).toMatchObject([
      { after: { title: '王伟', organizer: '总管', attendees: ['已注销用户', '王伟'] } },
      { before: { attendees: ['已注销用户', '王伟'] }, after: { attendees: ['王伟'] } },
    ])
  })
})

describe('who may erase', () => {
  it('is nobody for themselves, and nobody without saying why', async () => {
    expect((await erase(admin.id)).error.code).toBe('OWN_ACCOUNT')
    const person = await app.build.user()
    const blank = await app.call('eraseAccount', { params: { id: person.id }, body: { reason: ' ' } }, admin.token)
    expect(blank.error.details).toMatchObject({ issues: [{ path: 'reason', code: 'required' }] })
    expect((await erase('unknown')).error.code).toBe('NOT_FOUND')
  })

  it('is nobody for an account with a right they lack, whose data they cannot read either', async () => {
    const role = await app.build.role(['account:erase'])
    const actor = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id }] }))
    const [chief, member] = [await app.build.user({ role: 'manager' }), await app.build.user()]
    const read = (id: string) => app.call('getAccountPersonalData', { params: { id } }, actor.token)
    expect((await erase(chief.id, actor.token)).error.code).toBe('FORBIDDEN')
    expect((await read(chief.id)).error.code).toBe('FORBIDDEN')
    expect((await read(member.id)).status).toBe(200)
    expect((await erase(member.id, actor.token)).status).toBe(200)
  })
})
