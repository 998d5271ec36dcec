import { createClient } from '@redis/client'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { IdentityCacheToken, type IdentityCache } from '../../src/session/identity-cache'
import { SessionTokenModel } from '../../src/session/session.models'
import { createTestApp, type TestApp } from '../support/test-app'

const url = process.env.REDIS_TEST_URL ?? 'redis://127.0.0.1:6379'
const redis = createClient({ url })

let app: TestApp
/** Another process of the same installation. */
let other: { call: TestApp['call'] }
beforeAll(async () => {
  app = await createTestApp({ REDIS_URL: url })
  other = app.another()
  await redis.connect()
  const { token } = await app.signIn('member')
  // Both connections are made in the background.
  for (const process of [app, other]) await vi.waitFor(async () => expect(await inCache(token, process)).toBe(true))
})
afterAll(async () => {
  redis.destroy()
  await app.close()
})

/** Whether a look-up is answered without the database knowing the token. */
async function inCache(token: string, process: { call: TestApp['call'] }): Promise<boolean> {
  await process.call('getMe', {}, token)
  const rows = (await SessionTokenModel.findAll()).map((row) => row.get())
  await SessionTokenModel.destroy({ where: {} })
  const { status } = await process.call('listMySessions', {}, token)
  await SessionTokenModel.bulkCreate(rows)
  return status === 200
}

const works = async (process: { call: TestApp['call'] }, token: string) =>
  (await process.call('listRooms', {}, token)).status === 200

let person: { id: string; username: string; token: string }
let admin: { id: string; username: string; token: string }
beforeEach(async () => {
  person = await app.signIn('member')
  admin = await app.signIn('admin')
  expect(await works(app, person.token)).toBe(true)
  expect(await works(other, person.token)).toBe(true)
})

it('answers for the database', async () => {
  expect(await inCache(person.token, app)).toBe(true)
  expect(await inCache(person.token, other)).toBe(true)
})

it.each<[string, () => Promise<unknown>]>([
  ['logging out', () => app.call('logout', {}, person.token)],
  [
    'being disabled',
    () => app.call('updateAccount', { params: { id: person.id }, body: { status: 'disabled' } }, admin.token),
  ],
  ['a reset password', () => app.call('resetPassword', { params: { id: person.id }, body: {} }, admin.token)],
  [
    'staff ending all sessions',
    () => app.call('endAccountSessions', { params: { id: person.id }, body: {} }, admin.token),
  ],
])('%s is known in the other process at once', async (_name, end) => {
  await end()
  expect(await works(other, person.token)).toBe(false)
  expect(await works(app, person.token)).toBe(false)
})

it('a refresh ends the old access token in the other process at once', async () => {
  const { body } = await app.call('login', { body: { ...app.build.credentials(person), clientId: 'web' } })
  expect(await works(other, body.accessToken)).toBe(true)
  const fresh = (await app.call('refresh', { body: { refreshToken: body.refreshToken } })).body
  expect(await works(other, body.accessToken)).toBe(false)
  expect(await works(other, fresh.accessToken)).toBe(true)
})

it('a role taken away is gone in the other process at once, and one given is there', async () => {
  const roles = (roleId: string) =>
    app.call('putAccountRoles', { params: { id: person.id }, body: { roles: [{ roleId }] } }, admin.token)
  const maySeeTemplates = async () =>
    (await other.call('getTemplate', { params: { code: 'BOOKING_CREATED' } }, person.token)).status
  expect(await maySeeTemplates()).toBe(403)
  await roles('manager')
  expect(await maySeeTemplates()).toBe(200)
  await roles('member')
  expect(await maySeeTemplates()).toBe(403)
})

it('takes no answer that the database gave before the end and that arrives after it', async () => {
  const cache = app.container.resolve<IdentityCache>(IdentityCacheToken)
  const reaches = new Map([['room:read', 'everywhere']] as const)
  const identity = { userId: 'u', sessionId: 's', roles: ['member'], reaches, mustChangePassword: false }
  const answer = { identity, expiresAt: 1 }
  await cache.put('alive', answer)
  expect(await cache.get('alive')).toEqual(answer)
  await cache.forget(['alive', 'never seen'])
  for (const hash of ['alive', 'never seen']) {
    await cache.put(hash, answer)
    expect(await cache.get(hash)).toBeNull()
  }
})

it('counts failed attempts for all processes together', async () => {
  const user = await app.build.user()
  const attempt = (process: { call: TestApp['call'] }) =>
    process.call('login', { body: { username: user.username, password: 'wrong', clientId: 'web' } })
  const answers = []
  for (let index = 0; index < 12; index++) answers.push((await attempt(index % 2 ? app : other)).status)
  expect(answers).toEqual([...Array<number>(10).fill(401), 429, 429])
})

it('keeps no token and no secret', async () => {
  const keys = await redis.keys('huiyue:*')
  const texts = await Promise.all(keys.filter((key) => key.includes('token:')).map((key) => redis.get(key)))
  expect(texts.length).toBeGreaterThan(0)
  for (const text of [...keys, ...texts]) expect(text).not.toContain(person.token)
  expect(texts.join(' ')).not.toMatch(/argon2|passwordHash/)
})

it('is no loss when it is away: everything goes on, from the database', async () => {
  const lonely = await createLonely()
  expect(lonely).toEqual([200, 200, 401])
})

/** A process whose Redis does not answer at all. */
async function createLonely(): Promise<number[]> {
  const { createContainer } = await import('../../src/container')
  const { connectRedis } = await import('../../src/redis/redis')
  const { createLogger } = await import('../../src/logging/logger')
  const { createApp } = await import('../../src/app')
  const { default: supertest } = await import('supertest')
  const logger = createLogger('silent')
  const config = { ...app.config, redisUrl: 'redis://127.0.0.1:1' }
  const client = connectRedis(config, logger)
  const http = createApp(createContainer({ config, logger, sequelize: app.sequelize, clock: app.clock, redis: client }))
  const logIn = (password: string) =>
    supertest(http).post('/api/v1/auth/login').send({ username: person.username, password, clientId: 'web' })
  const { body, status } = await logIn(app.build.credentials(person).password)
  const me = await supertest(http).get('/api/v1/me').set('authorization', `Bearer ${body.accessToken}`)
  const wrong = await logIn('wrong')
  client?.destroy()
  return [status, me.status, wrong.status]
}
