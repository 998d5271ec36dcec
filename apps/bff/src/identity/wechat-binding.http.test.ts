import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bookingCreatedTemplateId } from '@huiyue/wechat-sandbox/defaults'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { NotificationModel } from '../notification/notification.models'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterEach(() => app.clock.reset())
afterAll(() => app.close())

/** Somebody who logged in to the mini program on a phone, by password or, later, by its code alone. */
async function onPhone() {
  const user = await app.build.user()
  const openid = await app.sandbox.phone()
  const code = await app.sandbox.code(openid)
  const { body } = await app.call('login', {
    body: { ...app.build.credentials(user), clientId: 'mp-weixin', code },
  })
  return { user, openid, token: body.accessToken, password: app.build.credentials(user).password }
}

const codeLogin = async (openid: string) =>
  app.call('loginWechat', { body: { code: await app.sandbox.code(openid), clientId: 'mp-weixin' } })

async function invite(userId: string) {
  const organizer = await app.signIn('member')
  const room = await app.build.room()
  await app.call(
    'createBooking',
    {
      headers: {},
      body: {
        roomId: room.id,
        title: '周会',
        startsAt: app.build.time(60),
        endsAt: app.build.time(120),
        attendeeIds: [userId],
      },
    },
    organizer.token,
  )
  return async () => (await NotificationModel.findOne({ where: { recipientId: userId } }))?.get()
}

describe('untying an account from its WeChat', () => {
  it('takes the password; afterwards the code is a stranger’s and this session goes on', async () => {
    const { openid, token, password } = await onPhone()
    const elsewhere = (await codeLogin(openid)).body.accessToken
    const wrong = await app.call('unbindWechat', { body: { password: 'not it' } }, token)
    expect(wrong.error.details).toMatchObject({ issues: [{ path: 'password', code: 'password_wrong' }] })
    const { body } = await app.call('unbindWechat', { body: { password } }, token)
    expect(body).toEqual({ bound: false, reason: 'never_bound' })
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_NOT_BOUND')
    expect((await app.call('getMe', {}, token)).body.wechat.bound).toBe(false)
    // Whoever holds that WeChat is not to stay in.
    expect((await app.call('getMe', {}, elsewhere)).error.code).toBe('NOT_SIGNED_IN')
  })

  it('lets go of what waited for it, visibly, and of what was accepted there', async () => {
    const { user, openid, token, password } = await onPhone()
    await app.sandbox.accept(openid, bookingCreatedTemplateId)
    const report = { requestId: 'tap-1', results: { [bookingCreatedTemplateId]: 'accept' as const } }
    await app.call('reportSubscriptions', { body: report }, token)
    const message = await invite(user.id)
    await app.call('unbindWechat', { body: { password } }, token)
    expect(await message()).toMatchObject({ state: 'suppressed', reason: 'wechat_unbound', dueAt: null })
    expect((await app.call('listSubscriptions', {}, token)).body.items[0]).toMatchObject({
      remaining: 0,
      lastResult: null,
    })
    await app.deliver()
    expect(await app.sandbox.messages(openid)).toEqual([])
  })

  it('is free for another account at once', async () => {
    const { openid, token, password } = await onPhone()
    await app.call('unbindWechat', { body: { password } }, token)
    const next = await app.build.user()
    const code = await app.sandbox.code(openid)
    const { body } = await app.call('login', { body: { ...app.build.credentials(next), clientId: 'mp-weixin', code } })
    expect(body.wechat.bound).toBe(true)
    expect((await codeLogin(openid)).body.user.id).toBe(next.id)
  })
})

describe('a first WeChat', () => {
  it('is bound without a word just after the login, and with the password later', async () => {
    const person = await app.signIn('member')
    const bind = async (given: object = {}) =>
      app.call('bindWechat', { body: { code: await app.sandbox.code(openid), ...given } }, person.token)
    const openid = await app.sandbox.phone()
    app.clock.advance(10 * 60 + 1)
    expect((await bind()).error.details).toMatchObject({ issues: [{ path: 'password', code: 'required' }] })
    expect((await bind({ password: 'not it' })).error.details).toMatchObject({ issues: [{ code: 'password_wrong' }] })
    expect((await bind({ password: app.build.credentials(person).password })).body.bound).toBe(true)
    // What is bound already may be said again by anybody in the session.
    expect((await bind()).body).toMatchObject({ bound: true })
  })
})

describe('while WeChat takes its time to say whose code it is', () => {
  const slow = () => app.sandbox.fault({ path: '/sns/jscode2session', times: 1, delayMs: 700 })
  const reset = async (id: string) =>
    app.call('resetPassword', { params: { id }, body: {} }, (await app.signIn('admin')).token)

  it('a password that is reset makes the login bind nothing', async () => {
    const user = await app.build.user()
    const openid = await app.sandbox.phone()
    const code = await app.sandbox.code(openid)
    await slow()
    const login = app.call('login', { body: { ...app.build.credentials(user), clientId: 'mp-weixin', code } })
    await reset(user.id)
    expect((await login).error.code).toBe('CREDENTIALS_INVALID')
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_NOT_BOUND')
  })

  it('a session that is ended makes its binding come to nothing', async () => {
    const person = await app.signIn('member')
    const openid = await app.sandbox.phone()
    const code = await app.sandbox.code(openid)
    await slow()
    const bind = app.call('bindWechat', { body: { code } }, person.token)
    await reset(person.id)
    expect((await bind).error.code).toBe('NOT_SIGNED_IN')
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_NOT_BOUND')
  })
})

describe('a phone that was thrown out', () => {
  it.each<[string, (person: { id: string; token: string }) => Promise<unknown>]>([
    ['by its owner', ({ token }) => app.call('endMyOtherSessions', {}, token)],
    [
      'by staff',
      async ({ id }) => app.call('endAccountSessions', { params: { id }, body: {} }, (await app.signIn('admin')).token),
    ],
    [
      'by a reset password',
      async ({ id }) => app.call('resetPassword', { params: { id }, body: {} }, (await app.signIn('admin')).token),
    ],
  ])('%s does not come back by its code alone', async (name, throwOut) => {
    const { user, openid, password } = await onPhone()
    await throwOut({ id: user.id, token: (await app.again(user)).token })
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_PASSWORD_NEEDED')
    if (name === 'by a reset password') return
    const code = await app.sandbox.code(openid)
    await app.call('login', { body: { username: user.username, password, clientId: 'mp-weixin', code } })
    expect((await codeLogin(openid)).status).toBe(200)
  })

  it('nor is it let in by an older session without the password', async () => {
    const { user, openid } = await onPhone()
    const browser = await app.again(user)
    app.clock.advance(11 * 60)
    const { items } = (await app.call('listMySessions', {}, browser.token)).body
    const phone = items.find(({ clientId }) => clientId === 'mp-weixin')
    await app.call('endMySession', { params: { id: phone?.id ?? '' } }, browser.token)
    const again = await app.call('bindWechat', { body: { code: await app.sandbox.code(openid) } }, browser.token)
    expect(again.error.details).toMatchObject({ issues: [{ path: 'password', code: 'required' }] })
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_PASSWORD_NEEDED')
  })

  it('does, when only a session in a browser was ended', async () => {
    const { user, openid } = await onPhone()
    const [browser, here] = [await app.again(user), await app.again(user)]
    const { items } = (await app.call('listMySessions', {}, browser.token)).body
    const id = items.find(({ current }) => current)?.id ?? ''
    await app.call('endMySession', { params: { id } }, here.token)
    expect((await codeLogin(openid)).status).toBe(200)
  })
})

describe('another phone with another WeChat', () => {
  it('takes the place of the old one with the password, and messages that wait go there', async () => {
    const { user, openid, token, password } = await onPhone()
    const message = await invite(user.id)
    const next = await app.sandbox.phone()
    await app.sandbox.accept(next, bookingCreatedTemplateId)
    const rebind = async (given: object) =>
      app.call('bindWechat', { body: { code: await app.sandbox.code(next), replace: true, ...given } }, token)
    expect((await rebind({})).error.details).toMatchObject({ issues: [{ path: 'password', code: 'required' }] })
    expect((await rebind({ password: 'not it' })).error.details).toMatchObject({ issues: [{ code: 'password_wrong' }] })
    expect((await rebind({ password })).body).toMatchObject({ bound: true })
    expect((await codeLogin(openid)).error.code).toBe('WECHAT_NOT_BOUND')
    expect((await codeLogin(next)).body.user.id).toBe(user.id)
    await app.deliver()
    expect(await message()).toMatchObject({ state: 'sent' })
    expect(await app.sandbox.messages(next)).toHaveLength(1)
    expect(await app.sandbox.messages(openid)).toEqual([])
  })

  it('ends what the old phone had opened, and keeps the session it was done in', async () => {
    const { openid, token, password } = await onPhone()
    const old = (await codeLogin(openid)).body
    const code = await app.sandbox.code(await app.sandbox.phone())
    await app.call('bindWechat', { body: { code, replace: true, password } }, token)
    expect((await app.call('getMe', {}, old.accessToken)).status).toBe(401)
    expect((await app.call('refresh', { body: { refreshToken: old.refreshToken } })).status).toBe(401)
    expect((await app.call('getMe', {}, token)).status).toBe(200)
  })

  it('stays with its owner when somebody else asks for it', async () => {
    const [one, other] = [await onPhone(), await onPhone()]
    const { body } = await app.call(
      'bindWechat',
      { body: { code: await app.sandbox.code(other.openid), replace: true, password: one.password } },
      one.token,
    )
    expect(body).toMatchObject({ bound: true, reason: 'openid_taken' })
    expect((await codeLogin(one.openid)).body.user.id).toBe(one.user.id)
    expect((await codeLogin(other.openid)).body.user.id).toBe(other.user.id)
  })

  it('is in the audit log each time', async () => {
    const { user, token, password } = await onPhone()
    await app.call('unbindWechat', { body: { password } }, token)
    const admin = await app.signIn('admin')
    const { body } = await app.call('listAudit', { query: { targetId: user.id, resource: 'account' } }, admin.token)
    expect(body.items.map(({ action, actor }) => [action, actor?.id])).toEqual([
      ['account.wechat_unbound', user.id],
      ['account.wechat_bound', user.id],
    ])
    expect(JSON.stringify(body)).not.toMatch(/openid/i)
  })
})
