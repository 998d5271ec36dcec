import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lastChange } from '../../test/support/last-change'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
let admin: { id: string; username: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin')
})
afterEach(() => app.clock.reset())
afterAll(() => app.close())

let counter = 0
type Input = Parameters<typeof app.call<'createAccount'>>[1]['body']

function create(more: Partial<Input> = {}, token = admin.token) {
  return app.call('createAccount', { body: { username: `new-${++counter}`, name: '新同事', ...more } }, token)
}

function logIn(username: string, password: string) {
  return app.call('login', { body: { username, password, clientId: 'web' } })
}

describe('a new account', () => {
  it('is a member everywhere, with a one-time password that must be changed at the first login', async () => {
    const { body } = await create({ username: 'LiLei', name: '李雷' })
    expect(body.account).toMatchObject({
      username: 'LiLei',
      name: '李雷',
      status: 'active',
      locale: 'zh-CN',
      mustChangePassword: true,
      canManage: true,
      roles: [{ roleId: 'member', roleName: 'member', scope: null }],
    })
    const { password = '', expiresAt = '' } = body.oneTimePassword ?? {}
    expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(?:-[a-hjkmnp-z2-9]{5}){2}$/)
    expect(Date.parse(expiresAt) - app.clock.now().getTime()).toBe(72 * 3_600_000)
    const session = await logIn('lilei', password)
    expect(session.body.user.mustChangePassword).toBe(true)
    const rooms = await app.call('listRooms', {}, session.body.accessToken)
    expect(rooms.error.code).toBe('PASSWORD_CHANGE_REQUIRED')
  })

  it('gets another one-time password each time', async () => {
    const [first, second] = [await create(), await create()]
    expect(first.body.oneTimePassword?.password).not.toBe(second.body.oneTimePassword?.password)
  })

  it('has what was given, and the audit log says so in words', async () => {
    const [department, building] = [await app.build.department({ name: '市场部' }), await app.build.building('B 座')]
    const roles = [{ roleId: 'manager', scope: { kind: 'building' as const, id: building.id } }, { roleId: 'member' }]
    const { body } = await create({
      name: '韩梅梅',
      mobile: '139 1234-5678',
      email: 'mei@example.com',
      departmentId: department.id,
      locale: 'en',
      timeZone: 'Asia/Tokyo',
      roles: [...roles, { roleId: 'member' }],
      initialPassword: 'glass onion parade',
    })
    expect(body.oneTimePassword).toBeNull()
    expect(body.account).toMatchObject({
      mobile: '13912345678',
      email: 'mei@example.com',
      department: { path: '市场部' },
      locale: 'en',
      timeZone: 'Asia/Tokyo',
    })
    expect(body.account.roles).toHaveLength(2)
    expect((await logIn(body.account.username, 'glass onion parade')).status).toBe(200)
    expect(await lastChange(body.account.id)).toMatchObject({
      action: 'account.created',
      actorId: admin.id,
      targetName: '韩梅梅',
      before: null,
      after: { name: '韩梅梅', department: '市场部', roles: ['manager @ B 座', 'member'] },
    })
    expect(JSON.stringify(await lastChange(body.account.id))).not.toMatch(/glass|argon/)
  })
})

describe('what is refused', () => {
  it('is a username that somebody has, in whatever case, also when two ask at once', async () => {
    await create({ username: 'ZhaoLiu' })
    const { status, error } = await create({ username: 'zhaoliu' })
    expect([status, error.details]).toMatchObject([400, { issues: [{ path: 'username', code: 'username_taken' }] }])
    const race = await Promise.all(['Race', 'race', 'RACE', 'rAcE'].map((username) => create({ username })))
    expect(race.map((answer) => answer.status).sort()).toEqual([201, 400, 400, 400])
  })

  it('is everything at once that this installation does not know or does not take', async () => {
    const building = await app.build.building()
    const { error } = await create({
      username: 'ﷺ'.repeat(10),
      departmentId: 'nowhere',
      initialPassword: '12345678',
      roles: [
        { roleId: 'nobody' },
        { roleId: 'manager', scope: { kind: 'building', id: 'nowhere' } },
        { roleId: 'manager', scope: { kind: 'department', id: 'nowhere' } },
        { roleId: 'member', scope: { kind: 'building', id: building.id } },
      ],
    })
    expect(error.details).toMatchObject({
      issues: [
        { path: 'username', code: 'too_long', params: { max: 64 } },
        { path: 'departmentId', code: 'unknown_department' },
        { path: 'initialPassword', code: 'password_common' },
        { path: 'roles.0.roleId', code: 'unknown_role' },
        { path: 'roles.1.scope.id', code: 'unknown_building' },
        { path: 'roles.2.scope.id', code: 'unknown_department' },
        { path: 'roles.3.scope', code: 'scope_unfit' },
      ],
    })
  })

  it('is a form with faults, together with what it would be refused for next', async () => {
    await create({ username: 'TakenAlready' })
    const { error } = await create({
      ...{ username: 'takenalready', name: '', email: 'nobody', departmentId: 'nowhere', initialPassword: 'password1' },
    })
    const { issues } = error.details as { issues: { path: string; code: string }[] }
    expect(issues.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'departmentId unknown_department',
      'email invalid_format',
      'initialPassword password_common',
      'name required',
      'username username_taken',
    ])
  })

  it('is a role without the right to give roles, and a role that gives more than one has', async () => {
    const manages = await app.build.role(['account:read', 'account:manage'])
    const simple = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: manages.id }] }))
    expect((await create({ roles: [{ roleId: 'member' }] }, simple.token)).error.code).toBe('FORBIDDEN')
    expect((await create({}, simple.token)).status).toBe(201)

    const assigns = await app.build.role(['account:manage', 'role:assign'])
    const giver = await app.again(await app.build.user({ roles: [{ roleId: 'frontdesk' }, { roleId: assigns.id }] }))
    expect((await create({ roles: [{ roleId: 'frontdesk' }, { roleId: assigns.id }] }, giver.token)).status).toBe(201)
    const { error } = await create({ roles: [{ roleId: 'member' }, { roleId: 'admin' }] }, giver.token)
    expect(error.details).toMatchObject({ issues: [{ path: 'roles.1.roleId', code: 'not_allowed' }] })
  })

  it('is somebody outside the departments that one looks after', async () => {
    const [own, other] = [await app.build.department(), await app.build.department()]
    const manages = await app.build.role(['account:read', 'account:manage'])
    const actor = await app.again(
      await app.build.user({ roles: [{ roleId: 'member' }, { roleId: manages.id, departmentId: own.id }] }),
    )
    expect((await create({ departmentId: own.id }, actor.token)).status).toBe(201)
    for (const departmentId of [other.id, null]) {
      const { error } = await create({ departmentId }, actor.token)
      expect(error.details).toMatchObject({ issues: [{ path: 'departmentId', code: 'not_allowed' }] })
    }
  })

  it('is anybody by somebody without the right to it', async () => {
    const { token } = await app.signIn('manager')
    expect((await create({}, token)).error.code).toBe('FORBIDDEN')
  })
})

describe('several departments in one request', () => {
  it.runIf(process.env.TEST_DATABASE === 'mariadb')(
    'are waited for in the order in which others lock them',
    async () => {
      const [first, second] = [await app.build.department(), await app.build.department()]
      const role = await app.build.role(['account:read'])
      const scope = { kind: 'department' as const, id: first.id }
      const { created } = await app.sequelize.transaction(async (transaction) => {
        const lock = (id: string, how = '') =>
          app.sequelize.query(`SELECT id FROM departments WHERE id = ? FOR UPDATE ${how}`, {
            replacements: [id],
            transaction,
          })
        const waiting = async () => {
          const query = `SELECT id FROM information_schema.processlist
          WHERE db = DATABASE() AND info LIKE '%departments%' AND id <> CONNECTION_ID()`
          return (await app.sequelize.query(query, { transaction }))[0].length > 0
        }
        await lock(first.id)
        const request = create({ departmentId: second.id, roles: [{ roleId: role.id, scope }] })
        for (let tries = 0; !(await waiting()) && tries < 500; tries++)
          await new Promise((next) => setTimeout(next, 20))
        await lock(second.id, 'NOWAIT')
        return { created: request }
      })
      expect((await created).status).toBe(201)
    },
  )
})
