import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { bookingCreatedTemplateId as templateId } from '../defaults'
import { type SandboxSettings } from '../server'
import { goodData, sandboxForTest, sendPath } from '../testing'

interface Messages {
  items: { msgid: string; openid: string; data: unknown; page: string | null }[]
  total: number
}

async function ready(settings: SandboxSettings = {}, accepts = 1) {
  const sandbox = await sandboxForTest(settings)
  const { access_token: token = '' } = await sandbox.stableToken()
  const openid = await sandbox.user()
  if (accepts > 0) await sandbox.accept(openid, accepts)
  return { sandbox, token, openid }
}

describe('subscribe message', () => {
  it('reaches the phone with an id above 2^53, exact in the text of the answer', async () => {
    const { sandbox, token, openid } = await ready({ clock: () => Date.UTC(2026, 10, 22, 2, 0, 0) })
    const page = 'pages/booking/detail?id=7'
    const { text } = await sandbox.send(token, { touser: openid, page, lang: 'en_US', miniprogram_state: 'trial' })
    const msgid = /^\{"errcode":0,"errmsg":"ok","msgid":(\d+)\}$/.exec(text)?.[1] ?? ''
    expect(BigInt(msgid) > 2n ** 53n && BigInt(msgid) < 2n ** 63n).toBe(true)
    expect(BigInt(Number(msgid)).toString()).not.toBe(msgid)

    expect(await sandbox.read<Messages>(`/messages?openid=${openid}`)).toEqual({
      items: [
        {
          msgid,
          openid,
          templateId,
          page,
          data: goodData,
          lang: 'en_US',
          miniprogramState: 'trial',
          sentAt: '2026-11-22T02:00:00.000Z',
        },
      ],
      total: 1,
    })
  })

  it('never repeats an id, even in the same millisecond', async () => {
    const { sandbox, token, openid } = await ready({ clock: () => 1_800_000_000_000 }, 50)
    const texts = []
    for (let n = 0; n < 50; n += 1) texts.push((await sandbox.send(token, { touser: openid })).text)
    expect(new Set(texts).size).toBe(50)
  })

  it('uses up one accept when it succeeds, and none when it fails', async () => {
    const { sandbox, token, openid } = await ready({}, 2)
    const bad = await sandbox.send(token, { touser: openid, data: {} })
    expect(bad.errcode).toBe(47003)
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(0)
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(0)
    const third = await sandbox.send(token, { touser: openid })
    expect(third.errmsg).toMatch(/^user refuse to accept the msg rid: /)
    expect(third.errmsg).toHaveLength(61)
    expect(third.errcode).toBe(43101)
  })

  it('checks token, JSON, touser, template, subscription and data in this order', async () => {
    const { sandbox, token, openid } = await ready({}, 0)
    const errcode = async (query: string, body: unknown) => {
      const response = await sandbox.post(`${sendPath}${query}`, body)
      expect(response.status).toBe(200)
      return ((await response.json()) as { errcode: number }).errcode
    }
    const query = `?access_token=${token}`
    expect(await errcode('', 'no JSON')).toBe(41001)
    expect(await errcode(query, '')).toBe(44002)
    expect(await errcode(query, 'touser=1')).toBe(47001)
    expect(await errcode(query, '"{}"')).toBe(47001)
    expect(await errcode(query, {})).toBe(40003)
    expect(await errcode(query, { toUser: openid })).toBe(40003)
    expect(await errcode(query, { touser: 'oSomeoneElse' })).toBe(40003)
    expect(await errcode(query, { touser: openid })).toBe(40037)
    expect(await errcode(query, { touser: openid, template_id: 'unknown' })).toBe(40037)
    expect(await errcode(query, { touser: openid, template_id: templateId, data: {} })).toBe(43101)
    await sandbox.accept(openid)
    expect(await errcode(query, { touser: openid, template_id: templateId, data: {} })).toBe(47003)
    expect(await errcode(query, { touser: openid, template_id: templateId, data: goodData })).toBe(0)
  })

  it('calls broken UTF-8 no JSON', async () => {
    const { sandbox, token } = await ready({}, 0)
    const response = await fetch(`${sandbox.url}${sendPath}?access_token=${token}`, {
      method: 'POST',
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(await response.json()).toMatchObject({ errcode: 47001 })
  })

  it('knows a token and an openid only for their own mini program', async () => {
    const other = { appId: 'wxfedcba9876543210', secret: 'f'.repeat(32), name: '另一个' }
    const { sandbox, openid } = await ready({ apps: [other] })
    const { access_token: token = '' } = await sandbox.stableToken({ appid: other.appId, secret: other.secret })
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(40003)
  })

  it('names the first bad keyword in the order of the template', async () => {
    const { sandbox, token, openid } = await ready({}, 20)
    const errmsg = async (data: unknown) => {
      const answer = await sandbox.send(token, { touser: openid, data })
      expect(answer.errcode).toBe(47003)
      return answer.errmsg?.replace(/ rid: .*/, '')
    }
    const long = { value: '一'.repeat(21) }
    expect(await errmsg({ ...goodData, thing3: long, thing1: long })).toBe(
      'argument invalid! data.thing1.value invalid',
    )
    expect(await errmsg({ ...goodData, character_string2: { value: '下午' } })).toBe(
      'argument invalid! data.character_string2.value invalid',
    )
    expect(await errmsg({ ...goodData, thing4: { value: '' } })).toBe('argument invalid! data.thing4.value is empty')
    expect(await errmsg({ ...goodData, thing4: { value: '  ' } })).toBe('argument invalid! data.thing4.value is empty')
    expect(await errmsg({ ...goodData, thing4: '会议' })).toBe('argument invalid! data.thing4.value is empty')
    expect(await errmsg(JSON.stringify(goodData))).toBe('argument invalid! data.thing4.value is empty')
    const { time6: _left, ...withoutTime } = goodData
    expect(await errmsg(withoutTime)).toBe('argument invalid! data.time6.value is empty')
    expect((await sandbox.send(token, { touser: openid, data: { ...goodData, thing9: long } })).errcode).toBe(0)
  })

  it('takes a template nobody described with whatever keywords come, by the rules of their types', async () => {
    const { sandbox, token, openid } = await ready({}, 0)
    await sandbox.accept(openid, 2, 'addedByAccepting')
    const message = { touser: openid, template_id: 'addedByAccepting' }
    const bad = await sandbox.send(token, { ...message, data: { thing1: { value: '一' }, phrase2: { value: 'no' } } })
    expect(bad.errmsg).toContain('data.phrase2.value invalid')
    expect((await sandbox.send(token, { ...message, data: { phrase2: { value: '配送中' } } })).errcode).toBe(0)
  })

  it('lets a long-term template send until the person refuses', async () => {
    const { sandbox, token, openid } = await ready({}, 0)
    const described = { templateId: 'longTerm', title: '到期提醒', type: 3, content: '事项:{{thing1.DATA}}' }
    await sandbox.control('/templates', described)
    expect(await sandbox.accept(openid, 1, 'longTerm')).toMatchObject({ status: 'accept', remaining: null })
    const message = { touser: openid, template_id: 'longTerm', data: { thing1: { value: '一' } } }
    for (let n = 0; n < 3; n += 1) expect((await sandbox.send(token, message)).errcode).toBe(0)
    await sandbox.control('/subscriptions', { openid, templateId: 'longTerm', result: 'reject' })
    expect((await sandbox.send(token, message)).errcode).toBe(43101)
  })

  it('refuses a second message to someone who is just getting one', async () => {
    const { sandbox, token, openid } = await ready({ options: { sendMillis: 300 } }, 2)
    const other = await sandbox.user('韩梅梅')
    await sandbox.accept(other)
    const all = await Promise.all([
      sandbox.send(token, { touser: openid }),
      sandbox.send(token, { touser: openid }),
      sandbox.send(token, { touser: other }),
    ])
    const refused = all.filter(({ errcode }) => errcode !== 0)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.errmsg).toMatch(/^Cannot make concurrent calls to the same OpenID, please try again rid: /)
    expect(all[2].errcode).toBe(0)
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(0)
  })

  it('delivers a slow message even when the caller has given up', async () => {
    const { sandbox, token, openid } = await ready()
    await sandbox.control('/faults', { path: sendPath, delayMs: 800 })
    const body = JSON.stringify({ touser: openid, template_id: templateId, data: goodData })
    await new Promise<void>((resolve, reject) => {
      const request = httpRequest(`${sandbox.url}${sendPath}?access_token=${token}`, { method: 'POST' })
      request.on('error', () => resolve())
      request.on('response', () => reject(new Error('the answer came too early')))
      request.end(body, () => void expectTaken().then(() => request.destroy()))
    })
    await expect.poll(async () => (await sandbox.read<Messages>('/messages')).total, { timeout: 5000 }).toBe(1)

    async function expectTaken() {
      await expect.poll(async () => (await sandbox.read<{ total: number }>('/faults')).total).toBe(0)
    }
  })

  it('has switches for what is not known for certain', async () => {
    const { sandbox, token, openid } = await ready({
      options: { failedSendUsesAccept: true, cutKeywordErrors: true, blankValueIsEmpty: false },
    })
    const bad = await sandbox.send(token, {
      touser: openid,
      data: { ...goodData, thing4: { value: ' ' }, character_string2: { value: '中文' } },
    })
    expect(bad.errmsg).toMatch(/^argument invalid! data\.character_string2\.value i rid: /)
    expect((await sandbox.send(token, { touser: openid })).errcode).toBe(43101)
  })
})
