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

type Input = Parameters<typeof app.call<'updateAccount'>>[1]['body']

function change(id: string, body: Input, token = admin.token) {
  return app.call('updateAccount', { params: { id }, body }, token)
}

/** Somebody who looks after the people of one department. */
async function limitedTo(departmentId: string) {
  const role = await app.build.role(['account:read', 'account:manage'])
  return app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId }] }))
}

describe('changing an account', () => {
  it('changes what is named, keeps the rest, and writes down what it was', async () => {
    const [from, to] = [await app.build.department({ name: '甲部' }), await app.build.department({ name: '乙部' })]
    const person = await app.build.user({ name: '原名', departmentId: from.id })
    const { body } = await change(person.id, { name: '新名', departmentId: to.id, email: 'a@b.cn', reason: '调动' })
    expect(body).toMatchObject({
      username: person.username,
      name: '新名',
      department: { name: '乙部' },
      email: 'a@b.cn',
    })
    expect(await lastChange(person.id)).toEqual({
      action: 'account.updated',
      actorId: admin.id,
      targetName: '原名',
      reason: '调动',
      before: { name: '原名', department: '甲部', email: null },
      after: { name: '新名', department: '乙部', email: 'a@b.cn' },
    })
    const found = await app.call('listAccounts', { query: { search: '新名' } }, admin.token)
    expect(found.body.items.map(({ id }) => id)).toEqual([person.id])
  })

  it('lets people log in by their new username, and refuses one that is taken', async () => {
    const [person, other] = [await app.build.user(), await app.build.user()]
    await change(person.id, { username: 'Renamed.Person' })
    expect((await app.again({ id: person.id, username: 'renamed.person' })).token).toBeTruthy()
    const { error } = await change(other.id, { username: 'RENAMED.person' })
    expect(error.details).toMatchObject({ issues: [{ path: 'username', code: 'username_taken' }] })
    expect((await change(person.id, { username: 'renamed.PERSON' })).status).toBe(200)
  })

  it('says what is unknown', async () => {
    const person = await app.build.user()
    const { error } = await change(person.id, { departmentId: 'nowhere' })
    expect(error.details).toMatchObject({ issues: [{ path: 'departmentId', code: 'unknown_department' }] })
    expect((await change('unknown', { name: '谁' })).error.code).toBe('NOT_FOUND')
  })
})

describe('disabling', () => {
  it('ends all sessions at once; enabling lets the person in again', async () => {
    const person = await app.build.user()
    const [first, second] = [await app.again(person), await app.again(person)]
    expect((await change(person.id, { status: 'disabled' })).body.status).toBe('disabled')
    for (const { token } of [first, second]) expect((await app.call('getMe', {}, token)).status).toBe(401)
    const attempt = await app.call('login', { body: { ...app.build.credentials(person), clientId: 'web' } })
    expect(attempt.error.code).toBe('ACCOUNT_DISABLED')
    await change(person.id, { status: 'active' })
    expect((await app.again(person)).token).toBeTruthy()
  })

  it('makes messages to the person visible as not sent', async () => {
    const [person, organizer, room] = [await app.build.user(), await app.signIn(), await app.build.room()]
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
    await change(person.id, { status: 'disabled' })
    await app.deliver()
    const { body } = await app.call('getBooking', { params: { id: booking.body.id } }, organizer.token)
    expect(body.attendees).toMatchObject([{ delivery: { state: 'suppressed', reason: 'recipient_disabled' } }])
  })

  it('is nothing for one’s own account', async () => {
    expect((await change(admin.id, { status: 'disabled' })).error.code).toBe('OWN_ACCOUNT')
    expect((await change(admin.id, { timeZone: 'Asia/Tokyo' })).status).toBe(200)
  })
})

describe('whom one may change', () => {
  it('is nobody with a right that one lacks', async () => {
    const department = await app.build.department()
    const actor = await limitedTo(department.id)
    const chief = await app.build.user({ role: 'admin', departmentId: department.id })
    expect((await change(chief.id, { name: '换名' }, actor.token)).error.code).toBe('FORBIDDEN')
    await chief.update({ status: 'disabled' })
  })

  it('is nobody whose right reaches further, and everybody whose right lies within one’s own', async () => {
    const upper = await app.build.department()
    const lower = await app.build.department({ parentId: upper.id })
    const role = await app.build.role(['account:read', 'account:manage'])
    const held = (departmentId: string) => [{ roleId: 'member' }, { roleId: role.id, departmentId }]
    const actor = await app.again(await app.build.user({ roles: held(upper.id) }))
    const within = await app.build.user({ departmentId: lower.id, roles: held(lower.id) })
    const beyond = await app.build.user({ departmentId: lower.id, roles: [{ roleId: 'member' }, { roleId: role.id }] })
    expect((await change(within.id, { name: '可以' }, actor.token)).status).toBe(200)
    expect((await change(beyond.id, { name: '不行' }, actor.token)).error.code).toBe('FORBIDDEN')
  })

  it('is nobody of another department, who is not even there for somebody limited to theirs', async () => {
    const [own, other] = [await app.build.department(), await app.build.department()]
    const [actor, stranger] = [await limitedTo(own.id), await app.build.user({ departmentId: other.id })]
    expect((await change(stranger.id, { name: '别人' }, actor.token)).error.code).toBe('NOT_FOUND')
    const reads = await app.build.role(['account:read'])
    const manages = await app.build.role(['account:manage'])
    const reader = await app.again(
      await app.build.user({
        roles: [{ roleId: 'member' }, { roleId: reads.id }, { roleId: manages.id, departmentId: own.id }],
      }),
    )
    expect((await change(stranger.id, { name: '别人' }, reader.token)).error.code).toBe('FORBIDDEN')
  })

  it('moves people only from one’s own departments to one’s own', async () => {
    const own = await app.build.department()
    const [below, other] = [await app.build.department({ parentId: own.id }), await app.build.department()]
    const [actor, person] = [await limitedTo(own.id), await app.build.user({ departmentId: own.id })]
    expect((await change(person.id, { departmentId: below.id }, actor.token)).status).toBe(200)
    for (const departmentId of [other.id, null]) {
      const { error } = await change(person.id, { departmentId }, actor.token)
      expect(error.details).toMatchObject({ issues: [{ path: 'departmentId', code: 'not_allowed' }] })
    }
  })
})

describe('the last administrator', () => {
  it('is neither disabled nor removed by two who do it to each other at once', async () => {
    const other = await app.signIn('admin')
    const answers = await Promise.all([
      change(other.id, { status: 'disabled' }, admin.token),
      change(admin.id, { status: 'disabled' }, other.token),
    ])
    const refused = answers.filter((answer) => answer.status !== 200)
    expect(refused).toHaveLength(1)
    // Whoever was second either saw it in time, or had no session left.
    expect(['LAST_ADMINISTRATOR', 'NOT_SIGNED_IN']).toContain(refused[0]?.error.code)
    const [left] = [admin, other].filter((_person, index) => answers[index]?.status === 200)
    expect((await app.call('getMe', {}, left?.token)).status).toBe(200)
    const { body } = await app.call('listAccounts', { query: { roleId: 'admin', status: 'active' } }, left?.token)
    expect(body.items.map(({ id }) => id)).toEqual([left?.id])
    admin = { ...admin, ...left }
  })

  it('is not who is disabled, nor an administrator of one building only', async () => {
    const building = await app.build.building()
    await app.build.user({ role: 'admin', status: 'disabled' })
    await app.build.user({ roles: [{ roleId: 'admin', buildingId: building.id }] })
    const role = await app.build.role((await app.call('listRoles', {}, admin.token)).body.items[0]?.permissions ?? [])
    const equal = await app.again(await app.build.user({ roles: [{ roleId: role.id }] }))
    const disable = () => change(admin.id, { status: 'disabled' }, equal.token)
    expect((await disable()).error.code).toBe('LAST_ADMINISTRATOR')
    const roles = (token: string) =>
      app.call('putAccountRoles', { params: { id: admin.id }, body: { roles: [] } }, token)
    expect((await roles(equal.token)).error.code).toBe('LAST_ADMINISTRATOR')
    const erase = { params: { id: admin.id }, body: { reason: '试试' } }
    expect((await app.call('eraseAccount', erase, equal.token)).error.code).toBe('LAST_ADMINISTRATOR')
    await app.build.user({ role: 'admin' })
    expect((await disable()).status).toBe(200)
  })
})
