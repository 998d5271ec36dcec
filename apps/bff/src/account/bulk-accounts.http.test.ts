import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lastChange } from '../../test/support/last-change'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
let admin: { id: string; username: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin', '总管')
})
afterAll(() => app.close())

type Input = Parameters<typeof app.call<'bulkAccounts'>>[1]['body']

function bulk(body: Input, token = admin.token) {
  return app.call('bulkAccounts', { body }, token)
}

async function get(id: string) {
  return (await app.call('getAccount', { params: { id } }, admin.token)).body
}

describe('one change for many accounts', () => {
  it('succeeds or fails for each by itself, and says which and why', async () => {
    const [first, second] = [await app.build.user({ name: '甲' }), await app.build.user({ name: '乙' })]
    const { body } = await bulk({
      ids: [first.id, admin.id, 'unknown', second.id, first.id],
      action: 'disable',
      reason: '项目结束',
    })
    expect(body).toEqual({
      items: [
        { id: first.id, name: '甲', done: true, error: null },
        { id: admin.id, name: '总管', done: false, error: 'OWN_ACCOUNT' },
        { id: 'unknown', name: '', done: false, error: 'NOT_FOUND' },
        { id: second.id, name: '乙', done: true, error: null },
      ],
      done: 2,
      failed: 2,
    })
    expect(await lastChange(second.id)).toMatchObject({ after: { status: 'disabled' }, reason: '项目结束' })
    await bulk({ ids: [first.id, second.id], action: 'enable' })
    expect([(await get(first.id)).status, (await get(second.id)).status]).toEqual(['active', 'active'])
  })

  it('moves people, gives and takes a role, ends sessions', async () => {
    const [department, building] = [await app.build.department(), await app.build.building()]
    const people = [await app.signIn(), await app.signIn()]
    const ids = people.map(({ id }) => id)
    const role = { roleId: 'manager', scope: { kind: 'building' as const, id: building.id } }
    await bulk({ ids, action: 'move', departmentId: department.id })
    for (const action of ['add-role', 'add-role'] as const)
      expect((await bulk({ ids, action, role })).body).toMatchObject({ done: 2, failed: 0 })
    for (const id of ids) {
      expect((await get(id)).department?.id).toBe(department.id)
      expect((await get(id)).roles.map(({ roleId }) => roleId).sort()).toEqual(['manager', 'member'])
    }
    await bulk({ ids, action: 'remove-role', role })
    await bulk({ ids, action: 'move', departmentId: null })
    for (const id of ids) expect(await get(id)).toMatchObject({ department: null, roles: [{ roleId: 'member' }] })
    await bulk({ ids, action: 'end-sessions' })
    for (const { token } of people) expect((await app.call('getMe', {}, token)).status).toBe(401)
  })

  it('leaves one administrator when all are to lose the role', async () => {
    const role = await app.build.role((await app.call('listRoles', {}, admin.token)).body.items[0]?.permissions ?? [])
    const equal = await app.again(await app.build.user({ roles: [{ roleId: role.id }] }))
    const other = await app.build.user({ role: 'admin' })
    const { body } = await bulk(
      { ids: [other.id, admin.id], action: 'remove-role', role: { roleId: 'admin' } },
      equal.token,
    )
    expect(body.items.map(({ error }) => error)).toEqual([null, 'LAST_ADMINISTRATOR'])
  })
})

describe('a change as a whole is refused', () => {
  it('when it lacks what the action needs, or names what is not there', async () => {
    const ids = [(await app.build.user()).id]
    const issuesOf = async (body: Input) => (await bulk(body)).error.details
    expect(await issuesOf({ ids, action: 'move' })).toMatchObject({
      issues: [{ path: 'departmentId', code: 'required' }],
    })
    expect(await issuesOf({ ids, action: 'add-role' })).toMatchObject({ issues: [{ path: 'role', code: 'required' }] })
    expect(await issuesOf({ ids, action: 'move', departmentId: 'nowhere' })).toMatchObject({
      issues: [{ path: 'departmentId', code: 'unknown_department' }],
    })
    expect(await issuesOf({ ids, action: 'add-role', role: { roleId: 'nobody' } })).toMatchObject({
      issues: [{ path: 'role.roleId', code: 'unknown_role' }],
    })
  })

  it('when the action needs another right, or gives more than one has', async () => {
    const manages = await app.build.role(['account:read', 'account:manage'])
    const simple = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: manages.id }] }))
    const ids = [(await app.build.user()).id]
    const role = { roleId: 'member' }
    for (const action of ['add-role', 'remove-role', 'end-sessions'] as const)
      expect((await bulk({ ids, action, role }, simple.token)).error.code, action).toBe('FORBIDDEN')
    const assigns = await app.build.role(['account:manage', 'role:assign'])
    const giver = await app.again(await app.build.user({ roles: [{ roleId: 'member' }, { roleId: assigns.id }] }))
    const { error } = await bulk({ ids, action: 'add-role', role: { roleId: 'admin' } }, giver.token)
    expect(error.details).toMatchObject({ issues: [{ path: 'role.roleId', code: 'not_allowed' }] })
  })
})

it('tells nobody the names of people whom they may not see', async () => {
  const department = await app.build.department()
  const role = await app.build.role(['account:read', 'account:manage'])
  const actor = await app.again(
    await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId: department.id }] }),
  )
  const [inside, outside] = [await app.build.user({ departmentId: department.id }), await app.build.user()]
  const { body } = await bulk({ ids: [inside.id, outside.id], action: 'disable' }, actor.token)
  expect(body.items).toEqual([
    { id: inside.id, name: inside.name, done: true, error: null },
    { id: outside.id, name: '', done: false, error: 'NOT_FOUND' },
  ])
})
