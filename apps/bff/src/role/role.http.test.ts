import { builtInRoles, permissions, rolePermissions } from '@huiyue/contracts'
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

type Input = Parameters<typeof app.call<'createRole'>>[1]['body']

let counter = 0
function draft(more: Partial<Input> = {}): Input {
  return { name: `自定 ${++counter}`, permissions: ['room:read'], ...more }
}

function create(body: Input, token = admin.token) {
  return app.call('createRole', { body }, token)
}

function update(id: string, body: Input, token = admin.token) {
  return app.call('updateRole', { params: { id }, body }, token)
}

function remove(id: string, token = admin.token) {
  return app.call('deleteRole', { params: { id } }, token)
}

describe('the list of roles', () => {
  it('begins with those of the product, and counts each person once', async () => {
    const [{ body: role }, building] = [await create(draft()), await app.build.building()]
    await app.build.user({ roles: [{ roleId: role.id }] })
    await app.build.user({ roles: [{ roleId: 'manager' }, { roleId: 'manager', buildingId: building.id }] })
    const { body } = await app.call('listRoles', {}, admin.token)
    expect(body.items.slice(0, 4).map(({ id }) => id)).toEqual(builtInRoles)
    for (const item of body.items.slice(0, 4)) {
      const id = builtInRoles.find((name) => name === item.id)
      expect(item.builtIn).toBe(true)
      expect([...item.permissions].sort()).toEqual([...(id ? rolePermissions[id] : [])].sort())
    }
    const holders = Object.fromEntries(body.items.map((item) => [item.id, item.holders]))
    expect(holders).toMatchObject({ admin: 1, manager: 1, frontdesk: 0, [role.id]: 1 })
  })

  it('is for nobody without the right to it', async () => {
    const { token } = await app.signIn('manager')
    expect((await app.call('listRoles', {}, token)).error.code).toBe('FORBIDDEN')
    expect((await create(draft(), token)).error.code).toBe('FORBIDDEN')
  })
})

describe('a role of one’s own making', () => {
  it('is kept as it was given, each permission once, and written down', async () => {
    const { body } = await create({
      name: '楼层助理',
      description: '看预约，帮别人订',
      permissions: ['booking:read', 'room:read', 'booking:read', 'booking:create-for-others'],
    })
    const given = ['room:read', 'booking:read', 'booking:create-for-others']
    expect(body).toMatchObject({ name: '楼层助理', builtIn: false, permissions: given, holders: 0 })
    const changed = await update(body.id, { name: '前厅助理', permissions: ['room:read'] })
    expect(changed.body).toMatchObject({ id: body.id, name: '前厅助理', description: '', permissions: ['room:read'] })
    expect(await lastChange(body.id)).toEqual({
      action: 'role.updated',
      actorId: admin.id,
      targetName: '楼层助理',
      reason: null,
      before: { name: '楼层助理', description: '看预约，帮别人订', permissions: given },
      after: { name: '前厅助理', description: '', permissions: ['room:read'] },
    })
  })

  it('changes what its holders may do at once, in sessions that are open', async () => {
    const { body: role } = await create(draft({ permissions: ['role:read'] }))
    const people = await Promise.all(
      Array.from({ length: 3 }, async () => app.again(await app.build.user({ roles: [{ roleId: role.id }] }))),
    )
    const statuses = () => Promise.all(people.map(async ({ token }) => (await app.call('listRoles', {}, token)).status))
    expect(await statuses()).toEqual([200, 200, 200])
    expect((await update(role.id, draft())).body.holders).toBe(3)
    expect(await statuses()).toEqual([403, 403, 403])
  })

  it('has a name that no other has, in whatever case, and none of the product’s', async () => {
    const taken = { issues: [{ path: 'name', code: 'name_taken' }] }
    const { body } = await create(draft({ name: 'Helper' }))
    expect((await create(draft({ name: 'HELPER' }))).error.details).toMatchObject(taken)
    for (const name of ['admin', 'Member', 'ＦrontDesk'])
      expect((await create(draft({ name }))).error.details, name).toMatchObject(taken)
    expect((await update(body.id, draft({ name: 'Manager' }))).error.details).toMatchObject(taken)
    expect((await update(body.id, draft({ name: 'helper' }))).status).toBe(200)
    const race = await Promise.all(['Twin', 'twin'].map((name) => create(draft({ name }))))
    expect(race.map(({ status }) => status).sort()).toEqual([201, 400])
    expect((await create(draft({ name: 'ﷺ'.repeat(5) }))).error.details).toMatchObject({
      issues: [{ path: 'name', code: 'too_long' }],
    })
  })

  it('gives nothing that its maker does not have everywhere', async () => {
    const department = await app.build.department()
    const makes = await app.build.role(['role:manage', 'role:read'])
    const maker = await app.again(
      await app.build.user({
        roles: [{ roleId: 'member' }, { roleId: makes.id }, { roleId: 'manager', departmentId: department.id }],
      }),
    )
    const { error } = await create(
      draft({ permissions: ['room:read', 'account:manage', 'role:read', 'booking:manage'] }),
      maker.token,
    )
    expect(error.details).toMatchObject({
      issues: [
        { path: 'permissions.1', code: 'not_allowed' },
        { path: 'permissions.3', code: 'not_allowed' },
      ],
    })
    const { body: own } = await create(draft({ permissions: ['room:read', 'role:read'] }), maker.token)
    expect((await update(own.id, draft({ permissions: ['account:erase'] }), maker.token)).error.details).toMatchObject({
      issues: [{ path: 'permissions.0', code: 'not_allowed' }],
    })
    const beyond = await app.build.role(['account:erase'])
    expect((await update(beyond.id, draft(), maker.token)).error.code).toBe('FORBIDDEN')
    expect((await remove(beyond.id, maker.token)).error.code).toBe('FORBIDDEN')
    expect((await remove(own.id, maker.token)).status).toBe(204)
  })
})

describe('what cannot be done', () => {
  it('is changing or removing a role of the product, or one that is not there', async () => {
    for (const id of builtInRoles) {
      expect((await update(id, draft())).error.code).toBe('ROLE_BUILT_IN')
      expect((await remove(id)).error.code).toBe('ROLE_BUILT_IN')
    }
    expect((await update('unknown', draft())).error.code).toBe('NOT_FOUND')
    expect((await remove('unknown')).error.code).toBe('NOT_FOUND')
  })

  it('is removing a role that somebody has, also one given at the same moment', async () => {
    const { body: role } = await create(draft({ permissions: [...permissions] }))
    const person = await app.build.user({ roles: [{ roleId: role.id }] })
    expect((await remove(role.id)).error.code).toBe('ROLE_IN_USE')
    const give = (roles: { roleId: string }[]) =>
      app.call('putAccountRoles', { params: { id: person.id }, body: { roles } }, admin.token)
    await give([])
    const [given, removed] = await Promise.all([give([{ roleId: role.id }]), remove(role.id)])
    expect([given.status, removed.status]).toEqual(given.status === 200 ? [200, 409] : [400, 204])
    await give([])
    if (given.status === 200) expect((await remove(role.id)).status).toBe(204)
    expect(await lastChange(role.id)).toMatchObject({ action: 'role.deleted', targetName: role.name })
  })
})
