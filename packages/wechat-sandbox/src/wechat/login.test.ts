import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { sandboxAppId, sandboxAppSecret } from '../defaults'
import { loginPath, sandboxForTest } from '../testing'

const otherApp = { appId: 'wxfedcba9876543210', secret: 'f'.repeat(32), name: '另一个' }

describe('jscode2session', () => {
  it('gives the openid and a session key for a fresh code, as text/plain without an errcode', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    expect(openid).toMatch(/^o[\w-]{27}$/)
    const code = await sandbox.code(openid)
    expect(code).toMatch(/^[0-9A-Za-z]{32}$/)

    const response = await request(sandbox.url).get(loginPath).query({
      appid: sandboxAppId,
      secret: sandboxAppSecret,
      js_code: code,
      grant_type: 'authorization_code',
      access_token: 'libraries append one',
    })
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('text/plain')
    const answer = JSON.parse(response.text) as Record<string, string>
    expect(answer).toEqual({ openid, session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/) as string })
  })

  it('takes a code once, then says it was used', async () => {
    const sandbox = await sandboxForTest()
    const code = await sandbox.code(await sandbox.user())
    await sandbox.login({ js_code: code })
    const again = await sandbox.login({ js_code: code })
    expect(again.errcode).toBe(40163)
    expect(again.errmsg).toMatch(/^code been used, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it('puts the time of the call, by its own clock, into the rid', async () => {
    const now = Date.UTC(2026, 10, 22, 2, 0, 0)
    const sandbox = await sandboxForTest({ clock: () => now })
    await sandbox.advance(90)
    const { errmsg } = await sandbox.login({ js_code: 'unknown' })
    expect(parseInt(/rid: ([0-9a-f]{8})-/.exec(errmsg ?? '')?.[1] ?? '', 16)).toBe(now / 1000 + 90)
  })

  it('lets a code live for five minutes', async () => {
    const sandbox = await sandboxForTest({ clock: () => 1_800_000_000_000 })
    const openid = await sandbox.user()
    const [early, late] = [await sandbox.code(openid), await sandbox.code(openid)]
    await sandbox.advance(299)
    expect((await sandbox.login({ js_code: early })).openid).toBe(openid)
    await sandbox.advance(1)
    expect((await sandbox.login({ js_code: late })).errcode).toBe(40029)
  })

  it('gives each mini program its own openid of the same person, and takes no code of another one', async () => {
    const sandbox = await sandboxForTest({ apps: [otherApp] })
    const openid = await sandbox.user()
    const there = { appid: otherApp.appId, secret: otherApp.secret }
    const wrong = await sandbox.login({ ...there, js_code: await sandbox.code(openid) })
    expect(wrong.errcode).toBe(40029)
    const first = await sandbox.login({ ...there, js_code: await sandbox.code(openid, otherApp.appId) })
    const second = await sandbox.login({ ...there, js_code: await sandbox.code(openid, otherApp.appId) })
    expect(first.openid).toMatch(/^o[\w-]{27}$/)
    expect(first.openid).not.toBe(openid)
    expect(second.openid).toBe(first.openid)
    expect(second.session_key).not.toBe(first.session_key)
  })

  it.each([
    [{ appid: '', secret: '', js_code: '' }, 41002, 'appid missing'],
    [{ secret: '', js_code: '' }, 41004, 'appsecret missing'],
    [{ appid: 'wx0', js_code: '' }, 41008, 'missing code'],
    [{ appid: 'wx0', secret: 'no', js_code: 'no', grant_type: 'no' }, 40013, 'invalid appid'],
    [{ secret: 'no', js_code: 'no', grant_type: 'no' }, 40125, 'invalid appsecret'],
    [{ js_code: 'no', grant_type: 'no' }, 40002, 'invalid grant_type'],
    [{ js_code: 'no' }, 40029, 'invalid code'],
  ])('checks one thing after the other: %o', async (query, errcode, text) => {
    const sandbox = await sandboxForTest()
    const answer = await sandbox.login(query)
    expect(answer.errcode).toBe(errcode)
    expect(answer.errmsg).toMatch(new RegExp(`^${text}, rid: `))
  })

  it('does not use the code up when something before it is wrong', async () => {
    const sandbox = await sandboxForTest()
    const code = await sandbox.code(await sandbox.user())
    expect((await sandbox.login({ js_code: code, secret: 'wrong' })).errcode).toBe(40125)
    expect((await sandbox.login({ js_code: code })).openid).toBeDefined()
  })
})

describe('everything else', () => {
  it('answers an unknown path and a wrong method with status 200 and the errcode', async () => {
    const sandbox = await sandboxForTest()
    const unknown = await sandbox.get('/cgi-bin/nothing')
    expect(unknown.status).toBe(200)
    expect(unknown.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    expect(await unknown.json()).toMatchObject({ errcode: 40066, errmsg: expect.stringMatching(/^invalid url rid: /) })
    expect(await (await sandbox.post(loginPath, {})).json()).toMatchObject({
      errcode: 43001,
      errmsg: expect.stringMatching(/^require GET method, rid: /),
    })
    expect(await (await sandbox.get('/cgi-bin/stable_token')).json()).toMatchObject({
      errcode: 43002,
      errmsg: expect.stringMatching(/^require POST method rid: /),
    })
  })

  it('can answer logins as JSON, an expired code as used, when told to', async () => {
    const sandbox = await sandboxForTest({
      options: { expiredCodeErrcode: 40163, snsContentType: 'application/json; encoding=utf-8' },
    })
    const code = await sandbox.code(await sandbox.user())
    await sandbox.advance(301)
    expect((await sandbox.login({ js_code: code })).errcode).toBe(40163)
    expect((await sandbox.get(loginPath)).headers.get('content-type')).toBe('application/json; encoding=utf-8')
  })
})
