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

type Roles = Parameters<typeof app.call<'putAccountRoles'>>[1]['body']['roles']

function put(id: string, roles: Roles, token = admin.token) {
  return app.call('putAccountRoles', { params: { id }, body: { roles } }, token)
}

describe('the roles of an account', () => {
  it('are set as a whole, each everywhere or in one place, and the log has them in words', async () => {
    const [building, department] = [await app.build.building('C 座'), await app.build.department({ name: '行政部' })]
    const person = await app.build.user({ role: 'frontdesk' })
    const { body } = await put(person.id, [
      { roleId: 'member' },
      { roleId: 'manager', scope: { kind: 'building', id: building.id } },
      { roleId: 'manager', scope: { kind: 'department', id: department.id } },
      { roleId: 'member', scope: null },
    ])
    expect(body.roles).toHaveLength(3)
    expect(await lastChange(person.id)).toMatchObject({
      action: 'account.roles_changed',
      actorId: admin.id,
      before: { roles: ['frontdesk'] },
      after: { roles: ['manager @ C 座', 'manager @ 行政部', 'member'] },
    })
    expect((await put(person.id, [])).body.roles).toEqual([])
  })

  it('count at once in sessions that are open', async () => {
    const person = await app.signIn('member')
    expect((await app.call('listRoles', {}, person.token)).error.code).toBe('FORBIDDEN')
    const reads = await app.build.role(['role:read'])
    await put(person.id, [{ roleId: reads.id }])
    expect((await app.call('listRoles', {}, person.token)).status).toBe(200)
    await put(person.id, [{ roleId: 'member' }])
    expect((await app.call('listRoles', {}, person.token)).error.code).toBe('FORBIDDEN')
  })

  it('are refused with the place of each fault', async () => {
    const [person, building] = [await app.build.user(), await app.build.building()]
    const { status, error } = await put(person.id, [
      { roleId: 'member' },
      { roleId: 'nobody' },
      { roleId: 'manager', scope: { kind: 'building', id: 'nowhere' } },
      { roleId: 'manager', scope: { kind: 'department', id: 'nowhere' } },
      { roleId: 'member', scope: { kind: 'building', id: building.id } },
    ])
    expect(status).toBe(400)
    expect(error.details).toMatchObject({
      issues: [
        { path: 'roles.1.roleId', code: 'unknown_role' },
        { path: 'roles.2.scope.id', code: 'unknown_building' },
        { path: 'roles.3.scope.id', code: 'unknown_department' },
        { path: 'roles.4.scope', code: 'scope_unfit' },
      ],
    })
  })

  it('that can be limited to a department only are not limited to a building', async () => {
    const [person, building] = [await app.build.user(), await app.build.building()]
    const [department, role] = [await app.build.department(), await app.build.role(['room:read', 'account:manage'])]
    const { error } = await put(person.id, [{ roleId: role.id, scope: { kind: 'building', id: building.id } }])
    expect(error.details).toMatchObject({ issues: [{ path: 'roles.0.scope', code: 'scope_unfit' }] })
    const scope = { kind: 'department' as const, id: department.id }
    expect((await put(person.id, [{ roleId: role.id, scope }])).status).toBe(200)
  })
})

describe('who may give which role', () => {
  it('is whoever has all of what it gives, in at least that place', async () => {
    const [own, other] = [await app.build.department(), await app.build.department()]
    const below = await app.build.department({ parentId: own.id })
    const assigns = await app.build.role(['role:assign'])
    const actor = await app.again(
      await app.build.user({
        roles: [{ roleId: 'member' }, { roleId: assigns.id }, { roleId: 'manager', departmentId: own.id }],
      }),
    )
    const person = await app.build.user()
    const inside = (departmentId: string): Roles => [
      { roleId: 'manager', scope: { kind: 'department', id: departmentId } },
    ]
    expect((await put(person.id, inside(below.id), actor.token)).status).toBe(200)
    expect((await put(person.id, inside(own.id), actor.token)).status).toBe(200)
    for (const roles of [inside(other.id), [{ roleId: 'manager' }], [{ roleId: 'admin' }]] satisfies Roles[]) {
      const { error } = await put(person.id, roles, actor.token)
      expect(error.details).toMatchObject({ issues: [{ path: 'roles.0.roleId', code: 'not_allowed' }] })
    }
  })

  it('is nobody for an account that has a right they lack', async () => {
    const assigns = await app.build.role(['role:assign'])
    const actor = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: assigns.id }] }))
    const manager = await app.build.user({ role: 'manager' })
    // Without account:read there is nobody to be seen, but giving roles reaches everywhere.
    expect((await put(manager.id, [{ roleId: 'member' }], actor.token)).error.code).toBe('FORBIDDEN')
  })

  it('is nobody for themselves, and nobody without the right to give roles', async () => {
    expect((await put(admin.id, [{ roleId: 'member' }])).error.code).toBe('OWN_ACCOUNT')
    const { token } = await app.signIn('manager')
    expect((await put(admin.id, [], token)).error.code).toBe('FORBIDDEN')
    expect((await put('unknown', [])).error.code).toBe('NOT_FOUND')
  })

  it('leaves one of two administrators who take the role from each other at once', async () => {
    const pair = [await app.signIn('admin'), await app.signIn('admin')]
    const [first, second] = pair
    if (!first || !second) throw new Error('There are two')
    await put(admin.id, [{ roleId: 'member' }], first.token)
    const answers = await Promise.all([
      put(second.id, [{ roleId: 'member' }], first.token),
      put(first.id, [{ roleId: 'member' }], second.token),
    ])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const left = pair.filter((_person, index) => answers[index]?.status === 200)
    const { body } = await app.call('listRoles', {}, left[0]?.token)
    expect(body.items.find(({ id }) => id === 'admin')?.holders).toBe(1)
    await put(admin.id, [{ roleId: 'admin' }], left[0]?.token)
  })
})
