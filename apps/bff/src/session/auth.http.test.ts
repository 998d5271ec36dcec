import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { LoginLogModel } from '../login-log/login-log.models'
import { SessionTokenModel } from './session.models'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

async function logIn(user: { username: string }, code?: string) {
  return app.call('login', {
    body: { ...app.build.credentials(user), clientId: 'mp-weixin', ...(code ? { code } : {}) },
  })
}

describe('login with a password', () => {
  it('answers tokens, the person, and that WeChat cannot reach them yet', async () => {
    const user = await app.build.user({ role: 'manager' })
    const { status, body } = await logIn(user)
    expect(status).toBe(200)
    expect(body.user).toMatchObject({ id: user.id, roles: ['manager'] })
    expect(body.user.permissions).toContain('notification:resend')
    expect(body.wechat).toEqual({ bound: false, reason: 'never_bound' })
    const me = await app.call('getMe', {}, body.accessToken)
    expect(me.body.user.id).toBe(user.id)
  })

  it('knows the username in any case', async () => {
    await app.build.user({ username: 'WangWu' })
    expect((await logIn({ username: 'wangwu' })).status).toBe(200)
  })

  it('does not tell an unknown username from a wrong password', async () => {
    const user = await app.build.user()
    const attempt = (username: string) =>
      app.call('login', { body: { username, password: 'not the password', clientId: 'web' } })
    const [wrong, unknown] = [await attempt(user.username), await attempt('nobody-here')]
    expect([wrong.status, wrong.error.code]).toEqual([401, 'CREDENTIALS_INVALID'])
    expect([unknown.status, unknown.error.code, unknown.error.message]).toEqual([
      401,
      wrong.error.code,
      wrong.error.message,
    ])
  })

  it('refuses a disabled account, and its sessions end at once', async () => {
    const user = await app.build.user()
    const { body } = await logIn(user)
    await user.update({ status: 'disabled' })
    expect((await logIn(user)).error.code).toBe('ACCOUNT_DISABLED')
    expect((await app.call('getMe', {}, body.accessToken)).error.code).toBe('NOT_SIGNED_IN')
    expect((await app.call('refresh', { body: { refreshToken: body.refreshToken } })).error.code).toBe('TOKEN_INVALID')
  })

  it('names every wrong field, and refuses unknown clients', async () => {
    const { status, error } = await app.call('login', {
      body: { username: '', password: '', clientId: 'toaster' as 'web' },
    })
    expect(status).toBe(400)
    expect(error.details).toMatchObject({
      issues: [
        { path: 'username', code: 'required' },
        { path: 'password', code: 'required' },
        { path: 'clientId', code: 'invalid_value' },
      ],
    })
  })

  it('wants the code where the mini program promises it', async () => {
    const user = await app.build.user()
    const body = { ...app.build.credentials(user), clientId: 'mp-weixin' as const }
    const without = await app.call('loginWxProgram', { body: body as typeof body & { code: string } })
    expect(without.error.details).toMatchObject({ issues: [{ path: 'code', code: 'required' }] })
    const code = await app.sandbox.code(await app.sandbox.phone())
    expect((await app.call('loginWxProgram', { body: { ...body, code } })).body.wechat.bound).toBe(true)
  })
})

describe('binding WeChat at login', () => {
  it('stores the openid once; afterwards the code alone logs in', async () => {
    const user = await app.build.user()
    const openid = await app.sandbox.phone()
    expect((await logIn(user, await app.sandbox.code(openid))).body.wechat).toMatchObject({ bound: true })
    expect((await logIn(user, await app.sandbox.code(openid))).body.wechat).toMatchObject({ bound: true })
    const byCode = await app.call('loginWechat', {
      body: { code: await app.sandbox.code(openid), clientId: 'mp-weixin' },
    })
    expect(byCode.body.user.id).toBe(user.id)
    expect(byCode.body.wechat.bound).toBe(true)
  })

  it('says no to a WeChat user who belongs to nobody, and to a used code', async () => {
    const code = await app.sandbox.code(await app.sandbox.phone())
    const attempt = () => app.call('loginWechat', { body: { code, clientId: 'mp-weixin' } })
    const first = await attempt()
    expect([first.status, first.error.code]).toEqual([401, 'WECHAT_NOT_BOUND'])
    expect((await attempt()).error.code).toBe('WECHAT_CODE_INVALID')
  })

  it('logs in nobody whom WeChat has blocked', async () => {
    await app.sandbox.fault({ path: '/sns/jscode2session', times: 1, errcode: 40226 })
    const code = await app.sandbox.code(await app.sandbox.phone())
    const { status } = await app.call('loginWechat', { body: { code, clientId: 'mp-weixin' } })
    expect(status).toBe(403)
  })

  it('binds once when the same person logs in on one phone several times at once', async () => {
    const user = await app.build.user()
    const openid = await app.sandbox.phone()
    const codes = await Promise.all(Array.from({ length: 8 }, () => app.sandbox.code(openid)))
    const results = await Promise.all(codes.map((code) => logIn(user, code)))
    for (const { body } of results) expect(body.wechat).toMatchObject({ bound: true })
  })

  it('keeps a WeChat user with the first account, even when two ask at once', async () => {
    const openid = await app.sandbox.phone()
    const users = await Promise.all([app.build.user(), app.build.user(), app.build.user(), app.build.user()])
    const codes = await Promise.all(users.map(() => app.sandbox.code(openid)))
    const results = await Promise.all(users.map((user, index) => logIn(user, codes[index])))
    expect(results.map((result) => result.status)).toEqual([200, 200, 200, 200])
    expect(results.filter((result) => result.body.wechat.bound)).toHaveLength(1)
    expect(results.filter((result) => result.body.wechat.reason === 'openid_taken')).toHaveLength(3)
  })

  it('leaves an account with the WeChat user it has', async () => {
    const user = await app.build.user()
    const mine = await app.sandbox.phone()
    await logIn(user, await app.sandbox.code(mine))
    const other = await logIn(user, await app.sandbox.code(await app.sandbox.phone()))
    expect(other.body.wechat).toMatchObject({ bound: true, reason: 'other_wechat' })
  })

  it.each([
    ['busy', { errcode: -1 }, { reason: 'wechat_unavailable', errcode: -1 }],
    ['too frequent', { errcode: 45011 }, { reason: 'wechat_unavailable', errcode: 45011 }],
    ['invalid code', { errcode: 40029 }, { reason: 'code_invalid', errcode: 40029 }],
    ['wrong secret', { errcode: 40125 }, { reason: 'wechat_refused', errcode: 40125 }],
    ['blocked user', { errcode: 40226 }, { reason: 'wechat_refused', errcode: 40226 }],
    ['unreachable', { drop: true }, { reason: 'wechat_unavailable' }],
    ['too slow', { delayMs: 5500 }, { reason: 'wechat_unavailable' }],
    ['not JSON', { body: '<html>502</html>', httpStatus: 502 }, { reason: 'wechat_unavailable' }],
    ['an answer without openid', { body: '{}' }, { reason: 'wechat_unavailable' }],
    ['a proxy in the way', { body: '{"openid":"o"}', httpStatus: 407 }, { reason: 'wechat_unavailable' }],
  ])('logs in although WeChat is %s, says why, and binds at the next try', async (_name, fault, expected) => {
    const user = await app.build.user()
    const openid = await app.sandbox.phone()
    await app.sandbox.fault({ path: '/sns/jscode2session', times: 1, ...fault })
    const { status, body } = await logIn(user, await app.sandbox.code(openid))
    expect(status).toBe(200)
    expect(body.wechat).toEqual({ bound: false, ...expected })
    const again = await app.call('bindWechat', { body: { code: await app.sandbox.code(openid) } }, body.accessToken)
    expect(again.body).toMatchObject({ bound: true })
  })
})

describe('tokens', () => {
  it('are not in the database in clear', async () => {
    const { body } = await logIn(await app.build.user())
    const stored = JSON.stringify(await SessionTokenModel.findAll())
    expect(stored).not.toContain(body.accessToken)
    expect(stored).not.toContain(body.refreshToken)
  })

  it('end when their time is over', async () => {
    const { body } = await logIn(await app.build.user())
    app.clock.advance(15 * 60 + 1)
    expect((await app.call('getMe', {}, body.accessToken)).error.code).toBe('NOT_SIGNED_IN')
    const refreshed = await app.call('refresh', { body: { refreshToken: body.refreshToken } })
    expect((await app.call('getMe', {}, refreshed.body.accessToken)).status).toBe(200)
  })

  it('live no longer than the session, however often they are refreshed', async () => {
    let { refreshToken } = (await logIn(await app.build.user())).body
    for (let month = 0; month < 3; month++) {
      app.clock.advance(29 * 24 * 3600)
      refreshToken = (await app.call('refresh', { body: { refreshToken } })).body.refreshToken
    }
    app.clock.advance(4 * 24 * 3600)
    expect((await app.call('refresh', { body: { refreshToken } })).error.code).toBe('TOKEN_INVALID')
  })

  it('are replaced by a refresh: the old pair is dead', async () => {
    const { body } = await logIn(await app.build.user())
    const { body: fresh } = await app.call('refresh', { body: { refreshToken: body.refreshToken } })
    expect((await app.call('getMe', {}, body.accessToken)).status).toBe(401)
    expect((await app.call('getMe', {}, fresh.accessToken)).status).toBe(200)
  })

  it('may be refreshed again within ten seconds, because an answer can get lost', async () => {
    const { body } = await logIn(await app.build.user())
    const refresh = () => app.call('refresh', { body: { refreshToken: body.refreshToken } })
    const lost = await refresh()
    app.clock.advance(9)
    const second = await refresh()
    expect((await app.call('getMe', {}, lost.body.accessToken)).status).toBe(401)
    expect((await app.call('getMe', {}, second.body.accessToken)).status).toBe(200)
  })

  it('end the session when a used refresh token comes again later', async () => {
    const { body } = await logIn(await app.build.user())
    const { body: fresh } = await app.call('refresh', { body: { refreshToken: body.refreshToken } })
    app.clock.advance(11)
    expect((await app.call('refresh', { body: { refreshToken: body.refreshToken } })).error.code).toBe('TOKEN_INVALID')
    expect((await app.call('getMe', {}, fresh.accessToken)).status).toBe(401)
    expect((await app.call('refresh', { body: { refreshToken: fresh.refreshToken } })).status).toBe(401)
  })

  it('show a thief who was quick: the pair that came first is of no use, and trying it ends the session', async () => {
    const user = await app.build.user()
    const { body } = await logIn(user)
    const refresh = (refreshToken: string) => app.call('refresh', { body: { refreshToken } })
    const victims = (await refresh(body.refreshToken)).body
    const thiefs = (await refresh(body.refreshToken)).body
    expect((await app.call('getMe', {}, victims.accessToken)).status).toBe(401)
    // At once it may be two calls of one client; later it is somebody who holds what should never have arrived.
    expect((await refresh(victims.refreshToken)).error.code).toBe('TOKEN_INVALID')
    expect((await app.call('getMe', {}, thiefs.accessToken)).status).toBe(200)
    app.clock.advance(11)
    expect((await refresh(victims.refreshToken)).error.code).toBe('TOKEN_INVALID')
    expect((await app.call('getMe', {}, thiefs.accessToken)).status).toBe(401)
    expect((await refresh(thiefs.refreshToken)).status).toBe(401)
    expect(await LoginLogModel.count({ where: { userId: user.id, result: 'alert' } })).toBe(1)
  })

  it('are not exchanged again once the new pair was used, however quick', async () => {
    const { body } = await logIn(await app.build.user())
    const refresh = (refreshToken: string) => app.call('refresh', { body: { refreshToken } })
    const second = (await refresh(body.refreshToken)).body
    const third = (await refresh(second.refreshToken)).body
    expect((await refresh(body.refreshToken)).status).toBe(401)
    expect((await app.call('getMe', {}, third.accessToken)).status).toBe(401)
  })

  it('leave exactly one live pair when fifty refreshes of one token arrive at once', async () => {
    const { body } = await logIn(await app.build.user())
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => app.call('refresh', { body: { refreshToken: body.refreshToken } })),
    )
    expect(answers.every((answer) => answer.status < 500)).toBe(true)
    const pairs = answers.filter((answer) => answer.status === 200)
    const live = await Promise.all(pairs.map((answer) => app.call('getMe', {}, answer.body.accessToken)))
    expect(live.filter((answer) => answer.status === 200)).toHaveLength(1)
  })

  it('are both dead after logout', async () => {
    const { body } = await logIn(await app.build.user())
    expect((await app.call('logout', {}, body.accessToken)).status).toBe(204)
    expect((await app.call('getMe', {}, body.accessToken)).error.code).toBe('NOT_SIGNED_IN')
    expect((await app.call('refresh', { body: { refreshToken: body.refreshToken } })).error.code).toBe('TOKEN_INVALID')
  })
})
