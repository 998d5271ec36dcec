import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
let admin: { id: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin', '总管')
})
afterAll(() => app.close())

type Query = Parameters<typeof app.call<'listAccounts'>>[1]['query']

async function names(query: Query, token = admin.token): Promise<string[]> {
  const { body } = await app.call('listAccounts', { query }, token)
  expect(body.total).toBe(body.items.length)
  return body.items.map((account) => account.name)
}

describe('finding accounts', () => {
  it('looks in name, username, mobile number and e-mail address, and takes wildcards as they are', async () => {
    const person = await app.build.user({ name: '诸葛_亮%', username: 'Zhuge.Liang' })
    await person.update({ mobile: '13912345678', email: 'Kong.Ming@Shu.example' })
    for (const search of ['诸葛', 'zhuge.l', '391 2345-67', 'kong.ming@shu', '_亮%'])
      expect(await names({ search }), search).toEqual(['诸葛_亮%'])
    expect(await names({ search: '诸%亮' })).toEqual([])
  })

  it('finds people of a department and of those below it', async () => {
    const upper = await app.build.department()
    const lower = await app.build.department({ parentId: upper.id })
    await app.build.user({ name: '上级的人', departmentId: upper.id })
    await app.build.user({ name: '下级的人', departmentId: lower.id })
    expect((await names({ departmentId: upper.id })).sort()).toEqual(['上级的人', '下级的人'])
    expect(await names({ departmentId: lower.id })).toEqual(['下级的人'])
    expect(await names({ departmentId: 'unknown' })).toEqual([])
  })

  it('finds people by role, by status, and by whether WeChat reaches them', async () => {
    const role = await app.build.role(['room:read'])
    const department = await app.build.department()
    const held = [{ roleId: role.id }, { roleId: 'manager', departmentId: department.id }]
    const holder = await app.build.user({ name: '持有人', roles: held, status: 'disabled' })
    await app.build.user({ name: '另一人', roles: [{ roleId: role.id }] })
    expect(await names({ roleId: role.id, sort: 'createdAt' })).toHaveLength(2)
    expect(await names({ roleId: role.id, status: 'disabled' })).toEqual(['持有人'])
    await holder.update({ status: 'active' })
    await app.call('login', {
      body: {
        ...app.build.credentials(holder),
        clientId: 'mp-weixin',
        code: await app.sandbox.code(await app.sandbox.phone()),
      },
    })
    expect(await names({ roleId: role.id, wechatBound: true })).toEqual(['持有人'])
    expect(await names({ roleId: role.id, wechatBound: false })).toEqual(['另一人'])
  })

  it('sorts and pages, and counts all that match', async () => {
    const department = await app.build.department()
    for (const username of ['sort-b', 'Sort-A', 'sort-c'])
      await app.build.user({
        username,
        departmentId: department.id,
        roles: [{ roleId: 'member' }, { roleId: 'manager' }],
      })
    const page = (offset: number) =>
      app.call(
        'listAccounts',
        { query: { departmentId: department.id, sort: 'username', order: 'desc', limit: 2, offset } },
        admin.token,
      )
    const [first, second] = [await page(0), await page(2)]
    expect([first.body.total, second.body.total]).toEqual([3, 3])
    expect([...first.body.items, ...second.body.items].map((account) => account.username)).toEqual([
      'sort-c',
      'sort-b',
      'Sort-A',
    ])
  })

  it('shows everything about one person', async () => {
    const [upper, building] = [await app.build.department({ name: '研发部' }), await app.build.building('A 座')]
    const lower = await app.build.department({ name: '前端组', parentId: upper.id })
    const person = await app.build.user({
      departmentId: lower.id,
      roles: [
        { roleId: 'manager', buildingId: building.id },
        { roleId: 'frontdesk', departmentId: upper.id },
      ],
    })
    const { body } = await app.call('getAccount', { params: { id: person.id } }, admin.token)
    expect(body).toMatchObject({
      username: person.username,
      department: { id: lower.id, name: '前端组', path: '研发部/前端组' },
      status: 'active',
      wechat: { bound: false, reason: 'never_bound' },
      mustChangePassword: false,
      canManage: true,
    })
    expect(body.roles).toHaveLength(2)
    expect(body.roles).toContainEqual({
      roleId: 'manager',
      roleName: 'manager',
      scope: { kind: 'building', id: building.id, name: 'A 座' },
    })
    expect((await app.call('getAccount', { params: { id: 'unknown' } }, admin.token)).error.code).toBe('NOT_FOUND')
  })
})

describe('who sees whom', () => {
  it('is nobody without the right to it', async () => {
    const { token } = await app.signIn('manager')
    expect((await app.call('listAccounts', { query: {} }, token)).error.code).toBe('FORBIDDEN')
    expect((await app.call('getAccount', { params: { id: admin.id } }, token)).error.code).toBe('FORBIDDEN')
  })

  it('is limited to the departments that the right is limited to', async () => {
    const [own, other] = [await app.build.department(), await app.build.department()]
    const below = await app.build.department({ parentId: own.id })
    const role = await app.build.role(['account:read', 'account:manage'])
    const actor = await app.again(
      await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId: own.id }] }),
    )
    await app.build.user({ name: '本部门', departmentId: below.id })
    const stranger = await app.build.user({ name: '别处', departmentId: other.id })
    expect(await names({}, actor.token)).toEqual(['本部门'])
    expect(await names({ departmentId: other.id }, actor.token)).toEqual([])
    const { status } = await app.call('getAccount', { params: { id: stranger.id } }, actor.token)
    expect(status).toBe(404)
  })

  it('says beforehand whom the asker may change: nobody with a right that they lack', async () => {
    const department = await app.build.department()
    const role = await app.build.role(['account:read', 'account:manage'])
    const actor = await app.again(
      await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId: department.id }] }),
    )
    await app.build.user({ name: '1 普通', departmentId: department.id })
    await app.build.user({ name: '2 总管', departmentId: department.id, role: 'admin' })
    await app.build.user({ name: '3 处处', departmentId: department.id, roles: [{ roleId: role.id }] })
    const { body } = await app.call('listAccounts', { query: {} }, actor.token)
    expect(body.items.map(({ name, canManage }) => [name, canManage])).toEqual([
      ['1 普通', true],
      ['2 总管', false],
      ['3 处处', false],
    ])
  })
})

it('all buildings are listed in their order', async () => {
  const [first, second] = [await app.build.building(), await app.build.building()]
  const { body } = await app.call('listBuildings', {}, admin.token)
  const ids = body.items.map(({ id }) => id)
  expect(ids.indexOf(first.id)).toBeLessThan(ids.indexOf(second.id))
})
