import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { bookingCreatedTemplateId as templateId, sandboxAppSecret } from '../defaults'
import { legacyTokenPath, loginPath, sandboxForTest, sendPath, stableTokenPath } from '../testing'

interface List<T = unknown> {
  items: T[]
  total: number
}

describe('control API', () => {
  it('lists the users it made', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user('李雷')
    const other = await sandbox.user('李雷')
    expect(await sandbox.read('/users')).toEqual({
      items: [
        { openid, nickname: '李雷' },
        { openid: other, nickname: '李雷' },
      ],
      total: 2,
    })
    expect(other).not.toBe(openid)
  })

  it('says what remains after accepting, refusing and accepting again', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    const set = (result: string, count?: number) =>
      sandbox.control('/subscriptions', { openid, templateId, result, count })
    expect(await set('accept')).toMatchObject({ openid, templateId, status: 'accept', remaining: 1 })
    expect(await set('accept', 4)).toMatchObject({ status: 'accept', remaining: 5 })
    expect(await set('reject')).toMatchObject({ status: 'reject', remaining: 0 })
    expect(await set('accept')).toMatchObject({ status: 'accept', remaining: 1 })
    expect(await set('ban')).toMatchObject({ status: 'ban', remaining: 0 })
    expect(await sandbox.read(`/subscriptions?openid=${openid}`)).toMatchObject({
      items: [{ templateId, title: '会议预约通知', type: 2, status: 'ban', remaining: 0, always: null }],
      total: 1,
    })
  })

  it('keeps what was earned over a refusal when told to', async () => {
    const sandbox = await sandboxForTest({ options: { refusalKeepsAccepts: true } })
    const openid = await sandbox.user()
    await sandbox.accept(openid, 2)
    await sandbox.control('/subscriptions', { openid, templateId, result: 'reject' })
    expect(await sandbox.accept(openid)).toMatchObject({ remaining: 3 })
  })

  it('describes the booking template in the order of its content', async () => {
    const sandbox = await sandboxForTest()
    const { items } = await sandbox.read<List>('/templates')
    expect(items).toEqual([
      {
        templateId,
        title: '会议预约通知',
        type: 2,
        keywords: [
          { keyword: 'thing4', label: '会议主题' },
          { keyword: 'thing1', label: '会议室' },
          { keyword: 'character_string2', label: '会议时间' },
          { keyword: 'time6', label: '开始时间' },
          { keyword: 'thing3', label: '发起人' },
        ],
      },
    ])
  })

  it('takes another template, with the values its enum may have', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    const content = '审批结果:{{enum_string2.DATA}}\n备注：{{thing1.DATA}}\n'
    const enums = { enum_string2: ['已通过', '未通过'] }
    const described = await sandbox.control('/templates', { templateId: 'T', title: '审批', type: 2, content, enums })
    expect(described).toMatchObject({ keywords: [{ label: '审批结果' }, { keyword: 'thing1', label: '备注' }] })
    await sandbox.accept(openid, 2, 'T')
    const { access_token: token = '' } = await sandbox.stableToken()
    const send = (value: string) =>
      sandbox.send(token, {
        touser: openid,
        template_id: 'T',
        data: { enum_string2: { value }, thing1: { value: '好' } },
      })
    expect((await send('待定')).errmsg).toContain('data.enum_string2.value invalid')
    expect((await send('已通过')).errcode).toBe(0)
  })

  it('logs every call with its outcome, and nothing secret', async () => {
    const sandbox = await sandboxForTest({ clock: () => Date.UTC(2026, 10, 22, 2, 0, 0) })
    const openid = await sandbox.user()
    const code = await sandbox.code(openid)
    const { session_key: sessionKey = '' } = await sandbox.login({ js_code: code })
    await sandbox.login({ js_code: code })
    const { access_token: token = '' } = await sandbox.stableToken()
    const refused = await sandbox.send(token, { touser: openid })
    await sandbox.get('/nowhere?secret=1')

    const { items, total } = await sandbox.read<List<{ path: string; rid: string | null }>>('/calls')
    expect(total).toBe(5)
    expect(items.map(({ path }) => path)).toEqual([loginPath, loginPath, stableTokenPath, sendPath, '/nowhere'])
    expect(items[3]).toEqual({
      at: '2026-11-22T02:00:00.000Z',
      method: 'POST',
      path: sendPath,
      status: 200,
      errcode: 43101,
      rid: /rid: (.*)$/.exec(refused.errmsg ?? '')?.[1],
      durationMs: expect.any(Number) as number,
    })
    const text = JSON.stringify(items)
    for (const secret of [code, token, sessionKey, sandboxAppSecret, openid]) expect(text).not.toContain(secret)
    expect((await sandbox.read<List>(`/calls?path=${loginPath}`)).total).toBe(2)
  })

  it('moves the clock, and back to the start with everything else', async () => {
    const sandbox = await sandboxForTest({ clock: () => Date.UTC(2026, 10, 22, 2, 0, 0) })
    expect(await sandbox.advance(3600)).toEqual({ now: '2026-11-22T03:00:00.000Z', offsetSeconds: 3600 })
    const openid = await sandbox.user()
    await sandbox.accept(openid)
    const { access_token: token = '' } = await sandbox.stableToken()
    await sandbox.control('/faults', { path: legacyTokenPath, errcode: -1, times: 9 })
    await fetch(`${sandbox.url}/__sandbox/options`, { method: 'PATCH', body: '{"sendMillis":5}' })

    expect(await sandbox.control('/reset')).toEqual({ now: '2026-11-22T02:00:00.000Z', offsetSeconds: 0 })
    for (const list of ['/users', '/messages', '/calls', '/faults'])
      expect(await sandbox.read(list)).toEqual({ items: [], total: 0 })
    expect(await sandbox.read('/options')).toMatchObject({ sendMillis: 0 })
    expect((await sandbox.read<List>('/templates')).total).toBe(1)
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(40001)
    expect((await sandbox.legacyToken()).access_token).toBeDefined()
  })

  it('changes single options and leaves the others', async () => {
    const sandbox = await sandboxForTest({ options: { maxTemplateIds: 3 } })
    const patch = (body: string) => fetch(`${sandbox.url}/__sandbox/options`, { method: 'PATCH', body })
    expect(await (await patch('{"cutKeywordErrors":true}')).json()).toMatchObject({
      cutKeywordErrors: true,
      maxTemplateIds: 3,
    })
    expect((await patch('{"maxTemplateIds":9}')).status).toBe(400)
    expect((await patch('{"unheardOf":1}')).status).toBe(400)
  })

  it.each([
    ['/users', {}, 400, 'INVALID_INPUT', 'nickname'],
    ['/users', { nickname: '  ' }, 400, 'INVALID_INPUT', 'nickname'],
    ['/users', '{broken', 400, 'INVALID_BODY', ''],
    ['/users', '', 400, 'INVALID_INPUT', 'nickname'],
    ['/login-codes', { openid: 'nobody' }, 404, 'USER_NOT_FOUND', ''],
    ['/subscriptions', { openid: 'nobody', templateId, result: 'accept' }, 404, 'USER_NOT_FOUND', ''],
    ['/subscriptions', { openid: 'nobody', templateId, result: 'perhaps' }, 400, 'INVALID_INPUT', 'result'],
    ['/faults', { path: sendPath }, 400, 'INVALID_INPUT', 'one of'],
    ['/faults', { path: '/cgi-bin/tokn', errcode: -1 }, 400, 'INVALID_INPUT', 'path'],
    ['/faults', { path: sendPath, errcode: 0 }, 400, 'INVALID_INPUT', 'errcode'],
    ['/clock/advance', { seconds: -1 }, 400, 'INVALID_INPUT', 'seconds'],
    ['/prompts/9/answer', { answers: {} }, 404, 'PROMPT_NOT_FOUND', ''],
    ['/nothing', {}, 404, 'NOT_FOUND', '/__sandbox/nothing'],
  ])('answers POST %s %o with %i %s', async (path, body, status, code, words) => {
    const sandbox = await sandboxForTest()
    const response = await sandbox.post(`/__sandbox${path}`, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: { code, message: expect.stringContaining(words) as string } })
  })

  it('refuses a login code for a mini program that is not there, and messages of nobody', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    expect((await sandbox.post('/__sandbox/login-codes', { openid, appId: 'wx1' })).status).toBe(404)
    expect((await sandbox.get('/__sandbox/messages?openid=nobody')).status).toBe(404)
  })

  it('may be called from any origin', async () => {
    const { url } = await sandboxForTest()
    const preflight = await request(url)
      .options('/__sandbox/users')
      .set('Origin', 'http://localhost:5173')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'content-type')
    expect(preflight.status).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'Content-Type',
    })
    expect(preflight.headers['access-control-allow-methods']).toContain('POST')
    const refused = await request(url).post('/__sandbox/users').set('Origin', 'http://localhost:5173').send({})
    expect(refused.status).toBe(400)
    expect(refused.headers['access-control-allow-origin']).toBe('*')
  })
})
