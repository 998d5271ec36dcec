import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import supertest from 'supertest'
import { hash } from '@node-rs/argon2'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { LoginLogModel } from '../login-log/login-log.models'
import { UserModel } from '../user/user.models'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ TRUST_PROXY: '1' })
})
afterEach(() => {
  app.clock.reset()
  vi.useRealTimers()
})
afterAll(() => app.close())

const login = (username: string, password: string) =>
  app.call('login', { body: { username, password, clientId: 'web' } })
const change = (token: string, currentPassword: string, newPassword: string) =>
  app.call('changePassword', { body: { currentPassword, newPassword } }, token)
/** As if through a proxy, from that address. */
const createLoginFrom = (address: string) => async (username: string, password: string) => {
  const body = { username, password, clientId: 'web' }
  const sent = supertest(app.http).post('/api/v1/auth/login').set('x-forwarded-for', address).send(body)
  return (await sent).status
}
const fresh = 'Wolken über dem Westsee'

describe('changing the password', () => {
  it('works with the present one, and ends every other session', async () => {
    const here = await app.signIn('member')
    const there = await app.again(here)
    const { password } = app.build.credentials(here)
    expect((await change(here.token, password, fresh)).status).toBe(204)
    expect((await app.call('getMe', {}, here.token)).status).toBe(200)
    expect((await app.call('getMe', {}, there.token)).error.code).toBe('NOT_SIGNED_IN')
    expect((await login(here.username, password)).error.code).toBe('CREDENTIALS_INVALID')
    expect((await login(here.username, fresh)).status).toBe(200)
  })

  it('names everything that stands against it', async () => {
    const person = await app.signIn('member')
    const { password } = app.build.credentials(person)
    const faults = async (current: string, wanted: string) => {
      const { status, error } = await change(person.token, current, wanted)
      return [
        status,
        ...(error.details as { issues: { path: string; code: string }[] }).issues.map(
          ({ path, code }) => `${path} ${code}`,
        ),
      ]
    }
    expect(await faults('not it', '1234567')).toEqual([400, 'newPassword too_short'])
    expect(await faults('not it', 'Password123')).toEqual([
      400,
      'currentPassword password_wrong',
      'newPassword password_common',
    ])
    const twin = password.replace('c', 'ｃ')
    for (const same of [password, twin])
      expect(await faults(password, same)).toEqual([400, 'newPassword password_unchanged'])
    expect(await faults(password, `${person.username}2026`)).toEqual([400, 'newPassword password_is_name'])
    expect(await faults(password, '会约会约会约会约')).toEqual([400, 'newPassword password_is_name'])
    for (const common of ['12345678', 'woaini1314', 'aaaaaaaa', 'huiyue-demo', 'QWERTYUIOP'])
      expect(await faults(password, common)).toEqual([400, 'newPassword password_common'])
  })

  it('is one change when two come at once', async () => {
    const person = await app.signIn('member')
    const { password } = app.build.credentials(person)
    const answers = await Promise.all(
      [`${fresh} 1`, `${fresh} 2`].map((wanted) => change(person.token, password, wanted)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
  })

  it('takes the same characters typed on another keyboard', async () => {
    const person = await app.signIn('member')
    // Full-width letters and a composed é on one side, their plain and decomposed forms on the other.
    await change(person.token, app.build.credentials(person).password, 'ｃａｆé au lait')
    expect((await login(person.username, 'cafe\u0301 au lait')).status).toBe(200)
  })
})

describe('a password that somebody else gave', () => {
  it('opens nothing but its own change', async () => {
    const user = await app.build.user({ role: 'admin' })
    await user.update({ mustChangePassword: true })
    const { password } = app.build.credentials(user)
    const { body } = await login(user.username, password)
    expect(body.user.mustChangePassword).toBe(true)
    for (const attempt of [
      app.call('listRooms', {}, body.accessToken),
      app.call('listMySessions', {}, body.accessToken),
    ])
      expect((await attempt).error.code).toBe('PASSWORD_CHANGE_REQUIRED')
    expect((await change(body.accessToken, password, fresh)).status).toBe(204)
    expect((await app.call('listRooms', {}, body.accessToken)).status).toBe(200)
  })

  it('is over after its time', async () => {
    const user = await app.build.user()
    await user.update({ mustChangePassword: true, passwordExpiresAt: new Date(app.clock.now().getTime() + 60_000) })
    const { password } = app.build.credentials(user)
    const { body } = await login(user.username, password)
    app.clock.advance(61)
    expect((await login(user.username, password)).error.code).toBe('PASSWORD_EXPIRED')
    expect((await login(user.username, 'something else')).error.code).toBe('CREDENTIALS_INVALID')
    expect((await change(body.accessToken, password, fresh)).error.code).toBe('PASSWORD_EXPIRED')
  })
})

describe('stored hashes', () => {
  it('that were made with less than today’s parameters are made anew at login', async () => {
    const user = await app.build.user()
    const { password } = app.build.credentials(user)
    await user.update({ passwordHash: await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 }) })
    expect((await login(user.username, password)).status).toBe(200)
    const stored = (await UserModel.findByPk(user.id))?.passwordHash
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await login(user.username, password)).status).toBe(200)
    expect((await UserModel.findByPk(user.id))?.passwordHash).toBe(stored)
  })
})

describe('guessing', () => {
  it('is stopped after some failures on an account, with the wait told, also for names that nobody has', async () => {
    // Only the limiter looks at the machine's clock.
    vi.useFakeTimers({ toFake: ['Date'] })
    const user = await app.build.user()
    for (const username of [user.username, 'nobody-of-this-name']) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => login(username, `guess number ${index}`)),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(401), 429, 429])
      const { error, headers } = await login(username, app.build.credentials(user).password)
      expect(error.code).toBe('TOO_MANY_ATTEMPTS')
      const { retryAfterSeconds } = error.details as { retryAfterSeconds: number }
      expect(retryAfterSeconds).toBeGreaterThan(0)
      expect(retryAfterSeconds).toBeLessThanOrEqual(900)
      expect(headers['retry-after']).toBe(String(retryAfterSeconds))
    }
    vi.setSystemTime(Date.now() + 901_000)
    expect((await login(user.username, app.build.credentials(user).password)).status).toBe(200)
  })

  it('of one account does not stop others, and a success forgives', async () => {
    const [one, other] = [await app.build.user(), await app.build.user()]
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 9; index++) await login(one.username, 'a wrong one')
      expect((await login(one.username, app.build.credentials(one).password)).status).toBe(200)
      expect((await login(other.username, app.build.credentials(other).password)).status).toBe(200)
    }
  })

  it('from one address locks neither the account nor the address for others', async () => {
    const elsewhere = createLoginFrom('10.1.2.3')
    const [victim, neighbour] = [await app.build.user(), await app.build.user()]
    for (let index = 0; index < 70; index++) await login(victim.username, 'a wrong one')
    expect((await login(victim.username, app.build.credentials(victim).password)).status).toBe(429)
    expect(await elsewhere(victim.username, app.build.credentials(victim).password)).toBe(200)
    expect((await login(neighbour.username, app.build.credentials(neighbour).password)).status).toBe(200)
  })

  it('of one account from many addresses, or of many from one, comes to an end too', async () => {
    const victim = await app.build.user()
    const guess = async (address: string, username: string) => createLoginFrom(address)(username, 'a wrong one')
    const onOne = []
    for (let index = 0; index < 56; index++) onOne.push(await guess(`10.2.${index % 8}.1`, victim.username))
    expect(onOne.indexOf(429)).toBe(50)
    const fromOne = []
    for (let index = 0; index < 104; index++) fromOne.push(await guess('10.3.0.1', `somebody${index}`))
    expect(fromOne.indexOf(429)).toBe(100)
    // One subscriber's network is one address.
    const inOneNetwork = []
    for (let index = 0; index < 104; index++)
      inOneNetwork.push(await guess(`2001:db8:1:2::${index + 1}`, `anybody${index}`))
    expect(inOneNetwork.indexOf(429)).toBe(100)
  })

  it('leaves one line for a whole flood in the login log, and no password that was typed for a name', async () => {
    const typedByMistake = 'my-secret-typed-as-name'
    for (let index = 0; index < 15; index++) await login(typedByMistake, 'whatever it is')
    const rows = await LoginLogModel.findAll({ where: { userId: null, username: 'my…' }, order: [['at', 'ASC']] })
    expect(rows.filter(({ reason }) => reason === 'unknown_user')).toHaveLength(10)
    expect(rows.filter(({ reason }) => reason === 'too_many_attempts')).toHaveLength(1)
    expect(JSON.stringify(await LoginLogModel.findAll())).not.toContain('secret-typed')
  })

  it('is no easier where the password is asked for again', async () => {
    const person = await app.signIn('member')
    for (let index = 0; index < 5; index++) await change(person.token, 'wrong', fresh)
    for (let index = 0; index < 5; index++)
      await app.call('unbindWechat', { body: { password: 'wrong' } }, person.token)
    const { error } = await change(person.token, app.build.credentials(person).password, fresh)
    expect(error.code).toBe('TOO_MANY_ATTEMPTS')
  })
})
