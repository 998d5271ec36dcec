import { rolePermissions } from '@huiyue/contracts'
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

type Input = Parameters<typeof app.call<'createDepartment'>>[1]['body']
type Change = Parameters<typeof app.call<'updateDepartment'>>[1]['body']

let counter = 0
function create(more: Partial<Input> = {}) {
  return app.call('createDepartment', { body: { name: `新部门 ${++counter}`, ...more } }, admin.token)
}

function change(id: string, body: Change, token = admin.token) {
  return app.call('updateDepartment', { params: { id }, body }, token)
}

function remove(id: string) {
  return app.call('deleteDepartment', { params: { id } }, admin.token)
}

async function list() {
  return (await app.call('listDepartments', {}, admin.token)).body.items
}

describe('the tree', () => {
  it('comes with parents before children and siblings in their order, with paths and members', async () => {
    const { body: top } = await create({ name: '总部', sort: 1 })
    const { body: later } = await create({ name: '乙', parentId: top.id, sort: 2 })
    const { body: sooner } = await create({ name: '甲', parentId: top.id, sort: 1 })
    const { body: deep } = await create({ name: '一组', parentId: sooner.id })
    await app.build.user({ departmentId: sooner.id })
    await app.build.user({ departmentId: sooner.id, status: 'disabled' })
    const items = await list()
    const branch = items.slice(items.findIndex(({ id }) => id === top.id))
    expect(branch.slice(0, 4)).toEqual([
      { ...top, path: '总部', members: 0 },
      { ...sooner, parentId: top.id, path: '总部/甲', members: 2 },
      { ...deep, path: '总部/甲/一组', members: 0 },
      { ...later, path: '总部/乙', members: 0 },
    ])
  })

  it('is seen by members, and changed by nobody without the right to it', async () => {
    const { token } = await app.signIn('member')
    const { body: department } = await create()
    expect((await app.call('listDepartments', {}, token)).status).toBe(200)
    const attempts = [
      await app.call('createDepartment', { body: { name: '私设' } }, token),
      await change(department.id, { name: '改名' }, token),
      await app.call('deleteDepartment', { params: { id: department.id } }, token),
    ]
    expect(attempts.map(({ error }) => error.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  })
})

describe('changing a department', () => {
  it('renames, orders and moves it with all below it, and writes down what it was', async () => {
    const [{ body: from }, { body: to }] = [await create({ name: '旧址' }), await create({ name: '新址' })]
    const { body: moved } = await create({ name: '搬家部', parentId: from.id })
    const { body: below } = await create({ name: '小组', parentId: moved.id })
    const { body } = await change(moved.id, { name: '定居部', parentId: to.id, sort: 7 })
    expect(body).toMatchObject({ name: '定居部', parentId: to.id, path: '新址/定居部', sort: 7 })
    expect((await list()).find(({ id }) => id === below.id)?.path).toBe('新址/定居部/小组')
    expect(await lastChange(moved.id)).toEqual({
      action: 'department.updated',
      actorId: admin.id,
      targetName: '搬家部',
      reason: null,
      before: { name: '搬家部', parent: '旧址', sort: 0 },
      after: { name: '定居部', parent: '新址', sort: 7 },
    })
    expect((await change(moved.id, { parentId: null })).body.path).toBe('定居部')
  })

  it('refuses a name that a sibling has, in whatever case, at any level, and after a move', async () => {
    const { body: parent } = await create()
    const { body: lab } = await create({ name: 'Lab', parentId: parent.id })
    const taken = { issues: [{ path: 'name', code: 'name_taken' }] }
    expect((await create({ name: 'ＬＡＢ', parentId: parent.id })).error.details).toMatchObject(taken)
    const { body: elsewhere } = await create({ name: 'lab' })
    expect((await create({ name: 'LAB' })).error.details).toMatchObject(taken)
    expect((await change(elsewhere.id, { parentId: parent.id })).error.details).toMatchObject(taken)
    expect((await change(elsewhere.id, { name: 'Labor', parentId: parent.id })).status).toBe(200)
    expect((await change(lab.id, { name: 'LAB' })).status).toBe(200)
    const race = await Promise.all(['Same', 'same', 'SAME'].map((name) => create({ name, parentId: parent.id })))
    expect(race.map(({ status }) => status).sort()).toEqual([201, 400, 400])
  })

  it('puts none below itself, below its own, or below one that is not there', async () => {
    const { body: upper } = await create()
    const { body: lower } = await create({ parentId: upper.id })
    for (const parentId of [upper.id, lower.id])
      expect((await change(upper.id, { parentId })).error.details).toMatchObject({
        issues: [{ path: 'parentId', code: 'department_cycle' }],
      })
    const unknown = { issues: [{ path: 'parentId', code: 'unknown_department' }] }
    expect((await change(upper.id, { parentId: 'nowhere' })).error.details).toMatchObject(unknown)
    expect((await create({ parentId: 'nowhere' })).error.details).toMatchObject(unknown)
    expect((await change('nowhere', { name: '无' })).error.code).toBe('NOT_FOUND')
  })

  it('closes no circle when several are moved below each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const ring = [(await create()).body, (await create()).body, (await create()).body]
      const answers = await Promise.all(
        ring.map(({ id }, index) => change(id, { parentId: ring[(index + 1) % ring.length]?.id ?? null })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400])
      const ids = (await list()).map(({ id }) => id)
      // What is in a circle hangs from no root, and is in no list.
      for (const { id } of ring) expect(ids).toContain(id)
    }
  })

  it('keeps the tree ten levels deep, also with what hangs below', async () => {
    const tooDeep = { issues: [{ path: 'parentId', code: 'too_big', params: { max: 10 } }] }
    let parentId: string | null = null
    const line: string[] = []
    for (let level = 1; level <= 10; level++) {
      const { body }: { body: { id: string } } = await create({ parentId })
      line.push((parentId = body.id))
    }
    expect((await create({ parentId })).error.details).toMatchObject(tooDeep)
    const { body: pair } = await create()
    await create({ parentId: pair.id })
    expect((await change(pair.id, { parentId: line[8] ?? null })).error.details).toMatchObject(tooDeep)
    expect((await change(pair.id, { parentId: line[7] ?? null })).status).toBe(200)
  })

  it('refuses a name that is too long in the form that is compared', async () => {
    expect((await create({ name: 'ﷺ'.repeat(20) })).error.details).toMatchObject({
      issues: [{ path: 'name', code: 'too_long' }],
    })
  })
})

describe('what a role limited to a department reaches', () => {
  it('follows a move and a new department at once, in sessions that are open', async () => {
    const { body: own } = await create()
    const { body: moving } = await create()
    const person = await app.build.user({ departmentId: moving.id })
    const role = await app.build.role(['account:read'])
    const actor = await app.again(
      await app.build.user({ roles: [{ roleId: 'member' }, { roleId: role.id, departmentId: own.id }] }),
    )
    const see = async (id: string) => (await app.call('getAccount', { params: { id } }, actor.token)).status
    expect(await see(person.id)).toBe(404)
    await change(moving.id, { parentId: own.id })
    expect(await see(person.id)).toBe(200)
    const { body: fresh } = await create({ parentId: moving.id })
    expect(await see((await app.build.user({ departmentId: fresh.id })).id)).toBe(200)
    await change(moving.id, { parentId: null })
    expect(await see(person.id)).toBe(404)
  })
})

describe('whoever has rights in one department', () => {
  it('moves no other one below it, which would widen them', async () => {
    const [home, foreign] = await Promise.all([app.build.department(), app.build.department()])
    const below = await app.build.department({ parentId: home.id })
    const inside = await app.build.department({ parentId: home.id })
    const [moves, looksAfter] = await Promise.all([
      app.build.role(['department:manage', ...rolePermissions.member]),
      app.build.role(['account:manage']),
    ])
    const roles = [{ roleId: moves.id }, { roleId: looksAfter.id, departmentId: home.id }]
    const { token } = await app.again(await app.build.user({ roles }))
    for (const parentId of [home.id, below.id])
      expect((await change(foreign.id, { parentId }, token)).error.code).toBe('FORBIDDEN')
    expect((await foreign.reload()).parentId).toBeNull()
    expect((await change(foreign.id, { name: '改名而已' }, token)).status).toBe(200)
    expect((await change(inside.id, { parentId: below.id }, token)).status).toBe(200)
    expect((await change(inside.id, { parentId: foreign.id }, token)).status).toBe(200)
  })
})

describe('removing a department', () => {
  it('works for an empty one, and is written down', async () => {
    const { body } = await create({ name: '空部门' })
    expect((await remove(body.id)).status).toBe(204)
    expect((await list()).some(({ id }) => id === body.id)).toBe(false)
    expect(await lastChange(body.id)).toMatchObject({
      action: 'department.deleted',
      targetName: '空部门',
      before: { name: '空部门', parent: null },
    })
    expect((await remove(body.id)).error.code).toBe('NOT_FOUND')
  })

  it('is refused while it has people, departments below it, or roles limited to it', async () => {
    const [people, parent, scope] = [(await create()).body, (await create()).body, (await create()).body]
    await app.build.user({ departmentId: people.id })
    await create({ parentId: parent.id })
    await app.build.user({ roles: [{ roleId: 'manager', departmentId: scope.id }] })
    for (const { id } of [people, parent, scope]) {
      const { status, error } = await remove(id)
      expect([status, error.code]).toEqual([409, 'DEPARTMENT_NOT_EMPTY'])
    }
  })

  it('and moving somebody into it at once never leaves a person in no department that exists', async () => {
    for (let round = 0; round < 5; round++) {
      const [{ body: department }, person] = [await create(), await app.build.user()]
      const move = { params: { id: person.id }, body: { departmentId: department.id } }
      const [moved, removed] = await Promise.all([app.call('updateAccount', move, admin.token), remove(department.id)])
      expect([moved.status, removed.status].sort()).not.toEqual([200, 204])
      if (moved.status === 200) expect(removed.error.code).toBe('DEPARTMENT_NOT_EMPTY')
      else expect(moved.error.details).toMatchObject({ issues: [{ code: 'unknown_department' }] })
    }
  })
})
