import type { Options, Sequelize } from 'sequelize'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { LoginLogModel } from '../login-log/login-log.models'
import { Authenticator } from './authenticator'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ SESSION_LIFETIMES: 'h5=5m/1h/2h' })
})
afterEach(() => app.clock.reset())
afterAll(() => app.close())

const works = async (token: string) => (await app.call('getMe', {}, token)).status === 200

describe('people', () => {
  it('see where they are logged in, and which of it is here', async () => {
    const here = await app.signIn('member')
    app.clock.advance(60)
    const there = await app.again(here)
    const { items } = (await app.call('listMySessions', {}, here.token)).body
    expect(items.map(({ current, clientId, method }) => ({ current, clientId, method }))).toEqual([
      { current: false, clientId: 'web', method: 'password' },
      { current: true, clientId: 'web', method: 'password' },
    ])
    expect(items[0]?.address).toBe('127.0.0.1')
    expect((await app.call('listMySessions', {}, there.token)).body.items[0]?.current).toBe(true)
  })

  it('see when a session was used last, to within some minutes', async () => {
    const person = await app.signIn('member')
    const lastSeen = async () => (await app.call('listMySessions', {}, person.token)).body.items[0]?.lastSeenAt
    const first = await lastSeen()
    app.clock.advance(4 * 60)
    expect(await lastSeen()).toBe(first)
    app.clock.advance(2 * 60)
    await lastSeen()
    await expect.poll(lastSeen).toBe(new Date(Date.parse(first ?? '') + 6 * 60_000).toISOString())
  })

  it('end one of their sessions, or all others, at once', async () => {
    const here = await app.signIn('member')
    const [second, third] = [await app.again(here), await app.again(here)]
    const { items } = (await app.call('listMySessions', {}, second.token)).body
    const id = items.find(({ current }) => current)?.id ?? ''
    expect((await app.call('endMySession', { params: { id } }, here.token)).status).toBe(204)
    expect([await works(here.token), await works(second.token), await works(third.token)]).toEqual([true, false, true])
    expect((await app.call('endMyOtherSessions', {}, here.token)).body).toEqual({ ended: 1 })
    expect([await works(here.token), await works(third.token)]).toEqual([true, false])
    expect((await app.call('endMySession', { params: { id } }, here.token)).error.code).toBe('NOT_FOUND')
  })

  it('cannot end the session of somebody else', async () => {
    const [mine, theirs] = [await app.signIn('admin'), await app.signIn('member')]
    const { items } = (await app.call('listMySessions', {}, theirs.token)).body
    const ended = await app.call('endMySession', { params: { id: items[0]?.id ?? '' } }, mine.token)
    expect(ended.error.code).toBe('NOT_FOUND')
    expect(await works(theirs.token)).toBe(true)
  })

  it('do not see sessions that are over: unused for too long, or at their end', async () => {
    const user = await app.build.user()
    const h5 = { ...app.build.credentials(user), clientId: 'h5' as const }
    const { body } = await app.call('login', { body: h5 })
    app.clock.advance(3601)
    const { token } = await app.again(user)
    expect((await app.call('listMySessions', {}, token)).body.total).toBe(1)
    expect((await app.call('refresh', { body: { refreshToken: body.refreshToken } })).error.code).toBe('TOKEN_INVALID')
  })
})

describe('lifetimes', () => {
  it('are each client’s own', async () => {
    const user = await app.build.user()
    const { body: h5 } = await app.call('login', { body: { ...app.build.credentials(user), clientId: 'h5' } })
    const { body: web } = await app.call('login', { body: { ...app.build.credentials(user), clientId: 'web' } })
    expect([h5.expiresIn, web.expiresIn]).toEqual([300, 900])
    app.clock.advance(301)
    expect([await works(h5.accessToken), await works(web.accessToken)]).toEqual([false, true])
  })

  it('end a session for good, however often it was refreshed', async () => {
    const user = await app.build.user()
    let pair = (await app.call('login', { body: { ...app.build.credentials(user), clientId: 'h5' } })).body as {
      refreshToken: string
      expiresIn: number
    }
    for (let hour = 0; hour < 2; hour++) {
      app.clock.advance(3590)
      pair = (await app.call('refresh', { body: { refreshToken: pair.refreshToken } })).body
    }
    // What is left of the two hours is less than an access token usually lives.
    expect(pair.expiresIn).toBe(20)
    app.clock.advance(21)
    expect((await app.call('refresh', { body: { refreshToken: pair.refreshToken } })).status).toBe(401)
  })
})

describe('staff', () => {
  it('find sessions by person, client and the start of the address', async () => {
    const staff = await app.signIn('admin', '找会话的人')
    const person = await app.signIn('member', '被找的人')
    const search = async (query: { search?: string; userId?: string; clientId?: 'web' | 'h5' }) =>
      (await app.call('listSessions', { query }, staff.token)).body
    const found = await search({ search: '被找的' })
    expect(found.items).toMatchObject([{ user: { id: person.id, name: '被找的人' }, current: false }])
    expect((await search({ userId: person.id })).total).toBe(1)
    expect((await search({ userId: person.id, clientId: 'h5' })).total).toBe(0)
    expect((await search({ search: '127.0' })).total).toBeGreaterThan(1)
    expect((await search({ search: '0.0.1' })).total).toBe(0)
    const sorted = (await app.call('listSessions', { query: { sort: 'user', order: 'asc', limit: 2 } }, staff.token))
      .body
    expect(sorted.items).toHaveLength(2)
  })

  it('find them by username, and nobody by a wildcard', async () => {
    const staff = await app.signIn('admin')
    const person = await app.build.user({ username: 'Find_Me%Here' })
    await app.again(person)
    const total = async (search: string) =>
      (await app.call('listSessions', { query: { search } }, staff.token)).body.total
    expect([await total('find_me%'), await total('FindXMe')]).toEqual([1, 0])
    expect(await total('127.0.0.%')).toBe(0)
  })

  it.each(['lastSeenAt', 'createdAt', 'user'] as const)(
    'go through all sessions by %s, page by page and backwards, losing and repeating none of those that are equal',
    async (sort) => {
      const staff = await app.signIn('admin')
      for (let login = 0; login < 4; login++) await app.again(staff)
      const all = async (order: 'asc' | 'desc') => {
        const pages = Array.from({ length: 3 }, (_, page) => ({
          userId: staff.id,
          sort,
          order,
          limit: 2,
          offset: page * 2,
        }))
        const answers = await Promise.all(pages.map((query) => app.call('listSessions', { query }, staff.token)))
        expect(answers.map(({ body }) => body.total)).toEqual([5, 5, 5])
        return answers.flatMap(({ body }) => body.items.map(({ id }) => id))
      }
      const forwards = await all('asc')
      expect(new Set(forwards).size).toBe(5)
      expect(await all('desc')).toEqual([...forwards].reverse())
    },
  )

  it('end anybody’s session, which is written down', async () => {
    const [staff, person] = [await app.signIn('admin'), await app.signIn('member')]
    const { items } = (await app.call('listSessions', { query: { userId: person.id } }, staff.token)).body
    const id = items[0]?.id ?? ''
    expect((await app.call('endSession', { params: { id } }, staff.token)).status).toBe(204)
    expect(await works(person.token)).toBe(false)
    expect((await app.call('endSession', { params: { id } }, staff.token)).error.code).toBe('NOT_FOUND')
    const log = await app.call('listAudit', { query: { targetId: id } }, staff.token)
    expect(log.body.items).toMatchObject([{ action: 'session.ended', actor: { id: staff.id } }])
  })
})

describe('a stolen refresh token', () => {
  it('is a line in the login log that stands out', async () => {
    const user = await app.build.user()
    const { body } = await app.call('login', { body: { ...app.build.credentials(user), clientId: 'web' } })
    await app.call('refresh', { body: { refreshToken: body.refreshToken } })
    app.clock.advance(11)
    expect((await app.call('refresh', { body: { refreshToken: body.refreshToken } })).status).toBe(401)
    const alerts = await LoginLogModel.findAll({ where: { userId: user.id, result: 'alert' } })
    expect(alerts.map(({ reason }) => reason)).toEqual(['refresh_token_reused'])
  })
})

describe('a login at the moment', () => {
  it('its password is reset leaves no session of the old password behind', async () => {
    const admin = await app.signIn('admin')
    for (let round = 0; round < 3; round++) {
      const user = await app.build.user()
      const logins = Array.from({ length: 6 }, () =>
        app.call('login', { body: { ...app.build.credentials(user), clientId: 'web' } }),
      )
      const reset = app.call('resetPassword', { params: { id: user.id }, body: {} }, admin.token)
      const answers = await Promise.all(logins)
      expect((await reset).status).toBe(200)
      for (const { status, body } of answers) if (status === 200) expect(await works(body.accessToken)).toBe(false)
      expect((await app.call('listSessions', { query: { userId: user.id } }, admin.token)).body.total).toBe(0)
    }
  })
})

describe('looking a token up', () => {
  it('is one read of the database', async () => {
    const { token } = await app.signIn('manager')
    const statements: string[] = []
    const { options } = app.sequelize as Sequelize & { options: Options }
    options.logging = (sql) => statements.push(sql)
    await app.container.resolve(Authenticator).identify(token)
    options.logging = false
    expect(statements).toHaveLength(1)
    expect(statements[0]).toMatch(/^Executing \(default\): SELECT/)
  })
})
