import { createClient } from '@redis/client'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { SessionRepository } from '../../src/session/session.repository'
import { SessionTokenModel } from '../../src/session/session.models'
import { createTestApp, type TestApp } from '../support/test-app'

const url = process.env.REDIS_TEST_URL ?? 'redis://127.0.0.1:6379'
const redis = createClient({ url })

let app: TestApp
/** Another process of the same installation, which knows of a change only through what they share. */
let other: { call: TestApp['call'] }
let admin: { id: string; token: string }

beforeAll(async () => {
  app = await createTestApp({ REDIS_URL: url })
  other = app.another()
  await redis.connect()
  admin = await app.signIn('admin')
  // Both connections are made in the background; until then the database answers.
  for (const process of [app, other]) await vi.waitFor(async () => expect(await isCached(process)).toBe(true))
})
afterAll(async () => {
  redis.destroy()
  await app.close()
})

async function isCached(process: { call: TestApp['call'] }): Promise<boolean> {
  const { token } = await app.signIn('member')
  await process.call('getMe', {}, token)
  const rows = (await SessionTokenModel.findAll()).map((row) => row.get())
  await SessionTokenModel.destroy({ where: {} })
  const { status } = await process.call('listMySessions', {}, token)
  await SessionTokenModel.bulkCreate(rows)
  return status === 200
}

const see = async (token: string, id: string) => (await other.call('getAccount', { params: { id } }, token)).status

it('a role that gives something else does so in the other process at once', async () => {
  const role = await app.build.role(['role:read'])
  const { token } = await app.again(await app.build.user({ roles: [{ roleId: role.id }] }))
  expect((await other.call('listRoles', {}, token)).status).toBe(200)
  const body = { name: role.name, permissions: ['room:read' as const] }
  await app.call('updateRole', { params: { id: role.id }, body }, admin.token)
  expect((await other.call('listRoles', {}, token)).status).toBe(403)
})

it('a department that moves or is new is reached, or not any more, in the other process at once', async () => {
  const [own, moving] = [await app.build.department(), await app.build.department()]
  const role = await app.build.role(['account:read'])
  const { token } = await app.again(await app.build.user({ roles: [{ roleId: role.id, departmentId: own.id }] }))
  const person = await app.build.user({ departmentId: moving.id })
  const move = (parentId: string | null) =>
    app.call('updateDepartment', { params: { id: moving.id }, body: { parentId } }, admin.token)
  expect(await see(token, person.id)).toBe(404)
  await move(own.id)
  expect(await see(token, person.id)).toBe(200)
  const { body } = await app.call('createDepartment', { body: { name: '新设', parentId: moving.id } }, admin.token)
  expect(await see(token, (await app.build.user({ departmentId: body.id })).id)).toBe(200)
  await move(null)
  expect(await see(token, person.id)).toBe(404)
})

it('a change is made once and told as done, also when looking up whom to forget goes wrong', async () => {
  const parent = await app.build.department()
  await app.build.user({ roles: [{ roleId: 'manager', departmentId: parent.id }] })
  const lost = Object.assign(new Error('lost a race for a lock'), { code: 'ER_LOCK_DEADLOCK' })
  vi.spyOn(app.container.resolve(SessionRepository), 'accessHashesOf').mockRejectedValueOnce(lost)
  const body = { name: '只建一次', parentId: parent.id }
  expect((await app.call('createDepartment', { body }, admin.token)).status).toBe(201)
})

it.each([
  ['is disabled', 'updateAccount', { status: 'disabled' }],
  ['is given another password', 'resetPassword', {}],
  ['is erased', 'eraseAccount', { reason: '本人申请' }],
  ['is logged out by staff', 'endAccountSessions', {}],
] as const)('somebody who %s is out in the other process at once', async (_what, operation, body) => {
  const person = await app.signIn('member')
  expect((await other.call('getMe', {}, person.token)).status).toBe(200)
  const done = await app.call(operation, { params: { id: person.id }, body } as never, admin.token)
  expect(done.status).toBe(200)
  expect((await other.call('getMe', {}, person.token)).status).toBe(401)
})
