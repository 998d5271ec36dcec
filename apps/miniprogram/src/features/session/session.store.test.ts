import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { pathOf, phone, refusal } from '../../../test/stub-uni'

const user = {
  id: 'u1',
  username: 'lilei',
  name: '李雷',
  department: null,
  mustChangePassword: false,
  locale: 'zh-CN',
  roles: ['member'],
  permissions: [],
}
const config = { organizationName: '会约', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
const loggedIn = (wechat: object = { bound: true }, person: object = user) => ({
  statusCode: 200,
  data: { accessToken: 'a', refreshToken: 'r', expiresIn: 600, user: person, wechat },
})

/** Answers by path; everything else is what a server without that user would say. */
function server(answers: Record<string, ReturnType<typeof phone.answer>>) {
  phone.answer = (request) =>
    answers[pathOf(request)] ??
    (pathOf(request) === '/client-config' ? { statusCode: 200, data: config } : refusal(401, 'WECHAT_NOT_BOUND'))
}

/** A launch of the app: nothing is remembered but what is in the storage. */
async function launch() {
  vi.resetModules()
  setActivePinia(createPinia())
  const { useSession } = await import('./session.store')
  return useSession()
}

const sent = (path: string) =>
  phone.requests.filter((request) => pathOf(request) === path).map(({ data }) => JSON.parse(data ?? '{}') as object)

beforeEach(() => server({}))

describe('opening the app', () => {
  it('lets in a WeChat user who is bound already', async () => {
    server({ '/auth/wechat/login': loggedIn() })
    const session = await launch()
    await session.start()
    expect(session.status).toBe('signedIn')
    expect(session.user?.name).toBe('李雷')
    expect(sent('/auth/wechat/login')).toEqual([{ code: 'code-1', clientId: 'mp-weixin' }])
  })

  it('shows the form to everybody else', async () => {
    const session = await launch()
    await session.start()
    expect(session.status).toBe('signedOut')
  })

  it('asks WeChat for nothing while there are tokens', async () => {
    phone.storage.set('huiyue.tokens', { accessToken: 'a', refreshToken: 'r' })
    server({ '/me': { statusCode: 200, data: { user, roles: [], permissions: [], wechat: { bound: true } } } })
    const session = await launch()
    await Promise.all([session.start(), session.start()])
    expect(session.status).toBe('signedIn')
    expect(phone.requests.map(pathOf)).toEqual(['/client-config', '/me'])
  })

  it('tries again after a launch without network, still signed in', async () => {
    phone.storage.set('huiyue.tokens', { accessToken: 'a', refreshToken: 'r' })
    phone.answer = () => ({ errMsg: 'request:fail' })
    const session = await launch()
    await expect(session.start()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(session.status).toBe('starting')
    server({ '/me': { statusCode: 200, data: { user, roles: [], permissions: [], wechat: { bound: true } } } })
    await session.start()
    expect(session.status).toBe('signedIn')
  })
})

describe('logging in', () => {
  it('takes the code of wx.login along', async () => {
    server({ '/auth/login': loggedIn() })
    const session = await launch()
    await session.login('lilei', 'secret')
    expect(sent('/auth/login')).toEqual([
      { username: 'lilei', password: 'secret', clientId: 'mp-weixin', code: 'code-1' },
    ])
  })

  it('works without one when WeChat gives none, and says that WeChat cannot reach the account', async () => {
    phone.login = (options) => options.fail?.({})
    server({ '/auth/login': loggedIn({ bound: false, reason: 'never_bound' }) })
    const session = await launch()
    await session.login('lilei', 'secret')
    expect(sent('/auth/login')).toEqual([{ username: 'lilei', password: 'secret', clientId: 'mp-weixin' }])
    expect(session.wechat).toEqual({ bound: false, reason: 'never_bound' })
  })

  it('can bind WeChat afterwards with a new code', async () => {
    server({
      '/auth/login': loggedIn({ bound: false, reason: 'wechat_unavailable' }),
      '/me/wechat': { statusCode: 200, data: { bound: true } },
    })
    const session = await launch()
    await session.login('lilei', 'secret')
    phone.login = (options) => options.success?.({ code: 'code-2' })
    await session.bindWechat()
    expect(sent('/me/wechat')).toEqual([{ code: 'code-2' }])
    expect(session.wechat.bound).toBe(true)
  })
})

describe('a session that the server has ended', () => {
  async function signedIn() {
    server({ '/auth/login': loggedIn(), '/auth/wechat/login': loggedIn() })
    const session = await launch()
    await session.login('lilei', 'secret')
    return session
  }

  it('is replaced by WeChat’s code without a word', async () => {
    const session = await signedIn()
    await expect(session.recover()).resolves.toMatchObject({ accessToken: 'a', refreshToken: 'r' })
    expect(session.status).toBe('signedIn')
  })

  it('is not replaced by the session of whoever owns the phone', async () => {
    const session = await signedIn()
    const owner = { ...user, id: 'u2', name: '韩梅梅' }
    server({ '/auth/wechat/login': loggedIn({ bound: true }, owner), '/auth/logout': { statusCode: 204 } })
    await expect(session.recover()).resolves.toBeUndefined()
    expect(session.user?.name).toBe('李雷')
    expect(phone.requests.map(pathOf).at(-1)).toBe('/auth/logout')
  })

  it('leads to the login, which says why', async () => {
    const session = await signedIn()
    server({})
    await expect(session.recover()).resolves.toBeUndefined()
    session.lost()
    expect(session.status).toBe('signedOut')
    expect(session.refusal?.code).toBe('TOKEN_INVALID')
    server({ '/auth/login': loggedIn() })
    await session.login('lilei', 'secret')
    expect(session.refusal).toBeUndefined()
  })

  it('of a disabled account says that', async () => {
    const session = await signedIn()
    server({ '/auth/wechat/login': refusal(403, 'ACCOUNT_DISABLED') })
    await session.recover()
    session.lost()
    expect(session.refusal?.code).toBe('ACCOUNT_DISABLED')
  })

  it('that somebody ended on purpose says that the password is wanted', async () => {
    const session = await signedIn()
    server({ '/auth/wechat/login': refusal(401, 'WECHAT_PASSWORD_NEEDED') })
    await session.recover()
    session.lost()
    expect(session.refusal?.code).toBe('WECHAT_PASSWORD_NEEDED')
  })
})

describe('the account', () => {
  it('moves to this WeChat with the password, and is untied with it', async () => {
    server({
      '/auth/login': loggedIn({ bound: true, reason: 'other_wechat' }),
      '/me/wechat': { statusCode: 200, data: { bound: true } },
      '/me/wechat/unbind': { statusCode: 200, data: { bound: false, reason: 'never_bound' } },
    })
    const session = await launch()
    await session.login('lilei', 'secret')
    phone.login = (options) => options.success?.({ code: 'code-2' })
    await session.bindWechat('secret')
    expect(sent('/me/wechat')).toEqual([{ code: 'code-2', replace: true, password: 'secret' }])
    expect(session.wechat).toEqual({ bound: true })
    await session.unbindWechat('secret')
    expect(sent('/me/wechat/unbind')).toEqual([{ password: 'secret' }])
    expect(session.wechat.bound).toBe(false)
    expect(session.status).toBe('signedIn')
  })

  it('waits for a password of one’s own until there is one', async () => {
    server({ '/auth/login': loggedIn(), '/me/password': { statusCode: 204 } })
    const session = await launch()
    await session.login('lilei', 'secret')
    session.passwordChangeRequired()
    expect(session.user?.mustChangePassword).toBe(true)
    await session.changePassword({ currentPassword: 'secret', newPassword: 'long enough' })
    expect(session.user?.mustChangePassword).toBe(false)
  })
})

describe('logging out', () => {
  it('is not undone by WeChat at the next launch, until somebody logs in again', async () => {
    server({
      '/auth/login': loggedIn(),
      '/auth/wechat/login': loggedIn(),
      '/auth/logout': { statusCode: 204 },
    })
    const session = await launch()
    await session.login('lilei', 'secret')
    await session.logout()
    expect(session.status).toBe('signedOut')
    expect(phone.storage.has('huiyue.tokens')).toBe(false)
    const later = await launch()
    await later.start()
    expect(later.status).toBe('signedOut')
    await later.login('lilei', 'secret')
    phone.storage.delete('huiyue.tokens')
    const again = await launch()
    await again.start()
    expect(again.status).toBe('signedIn')
  })

  it('works without network', async () => {
    server({ '/auth/login': loggedIn(), '/auth/logout': { errMsg: 'request:fail' } })
    const session = await launch()
    await session.login('lilei', 'secret')
    await session.logout()
    expect(session.status).toBe('signedOut')
    expect(phone.storage.has('huiyue.tokens')).toBe(false)
  })
})
