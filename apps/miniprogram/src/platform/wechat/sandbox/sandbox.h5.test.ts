import { beforeEach, describe, expect, it, vi } from 'vitest'
import { phone as device, type SentRequest } from '../../../../test/stub-uni'

const origin = 'http://sandbox.test'
const path = ({ url }: SentRequest) => url.replace(`${origin}/__sandbox`, '')
const template = { templateId: 'tmpl-1', title: '会议预约通知', keywords: [{ keyword: 'thing4', label: '会议主题' }] }

/** A sandbox that knows some phones; each test says what else it answers. */
function sandbox(
  known: string[],
  more: (request: SentRequest) => object | undefined | Promise<object> = () => undefined,
) {
  const users = known.map((nickname) => ({ nickname, openid: `openid-${nickname}` }))
  device.answer = async (request) => {
    const body = JSON.parse(request.data ?? '{}') as { nickname?: string; openid?: string }
    const special = await more(request)
    if (special) return { statusCode: 200, data: special }
    if (path(request) === '/users' && request.method === 'GET')
      return { statusCode: 200, data: { items: users, total: users.length } }
    if (path(request) === '/users' && body.nickname) {
      const user = { nickname: body.nickname, openid: `openid-${body.nickname}` }
      users.push(user)
      return { statusCode: 200, data: user }
    }
    if (path(request) === '/login-codes')
      return users.some(({ openid }) => openid === body.openid)
        ? { statusCode: 200, data: { code: `code of ${body.openid ?? ''}` } }
        : { statusCode: 404 }
    return { statusCode: 500 }
  }
}

/** A page load: what is remembered is in the storage. */
async function open() {
  vi.resetModules()
  const { setSandboxOrigin } = await import('./sandbox-api')
  setSandboxOrigin(`${origin}/`)
  return { ...(await import('./phone')), ...(await import('../login-code')), ...(await import('../subscribe-message')) }
}

beforeEach(() => sandbox([]))

describe('the phone of this browser', () => {
  it('is made at the first login code and kept over page loads', async () => {
    sandbox(['H5 1'])
    const first = await open()
    await expect(Promise.all([first.getLoginCode(), first.getLoginCode()])).resolves.toEqual([
      'code of openid-H5 2',
      'code of openid-H5 2',
    ])
    const later = await open()
    await expect(later.getLoginCode()).resolves.toBe('code of openid-H5 2')
    expect(device.requests.filter((request) => request.method === 'POST' && path(request) === '/users')).toHaveLength(1)
  })

  it('is replaced when the sandbox was set back and no longer knows it', async () => {
    device.storage.set('huiyue.sandbox.phone', { openid: 'gone', nickname: 'gone' })
    const { getLoginCode, phone } = await open()
    await expect(getLoginCode()).resolves.toBe('code of openid-H5 1')
    expect(phone.value?.nickname).toBe('H5 1')
  })

  it('can be another one', async () => {
    sandbox(['a', 'b'])
    const { holdPhone, getLoginCode } = await open()
    holdPhone({ nickname: 'b', openid: 'openid-b' })
    await expect(getLoginCode()).resolves.toBe('code of openid-b')
  })

  it('gives no code while the sandbox is away, so that the password still works', async () => {
    device.answer = () => ({ errMsg: 'request:fail' })
    const { getLoginCode } = await open()
    await expect(getLoginCode()).resolves.toBeUndefined()
  })
})

describe('the subscription question', () => {
  it('is shown here and ends with the answer, wherever it was given', async () => {
    let answer: (result: object) => void = () => {}
    const answered = new Promise<object>((resolve) => (answer = resolve))
    sandbox([], (request) => {
      if (path(request) === '/prompts') return { id: 'p1', status: 'open', templates: [template] }
      // The long poll ends with the answer.
      if (path(request).startsWith('/prompts/p1?wait=')) return answered
      if (path(request) !== '/prompts/p1/answer') return undefined
      const result = { errMsg: 'requestSubscribeMessage:ok', 'tmpl-1': 'accept' }
      answer({ id: 'p1', status: 'answered', templates: [template], result })
      return { id: 'p1', status: 'answered', templates: [template] }
    })
    const { requestSubscribeMessage } = await open()
    const { answerOpenPrompt, openPrompt } = await import('./prompt')
    const outcome = requestSubscribeMessage(['tmpl-1'])
    await vi.waitUntil(() => openPrompt.value)
    expect(openPrompt.value?.templates[0]?.title).toBe('会议预约通知')
    await answerOpenPrompt('accept', true)
    await expect(outcome).resolves.toEqual({ kind: 'answered', results: { 'tmpl-1': 'accept' } })
    expect(openPrompt.value).toBeUndefined()
    const sent = device.requests.find((request) => path(request) === '/prompts/p1/answer')
    expect(JSON.parse(sent?.data ?? '')).toEqual({ answers: { 'tmpl-1': 'accept' }, always: true })
  })

  it('is not shown when it was answered for good before', async () => {
    sandbox([], (request) =>
      path(request) === '/prompts'
        ? { id: 'p1', status: 'answered', templates: [template], result: { 'tmpl-1': 'reject' } }
        : undefined,
    )
    const { requestSubscribeMessage } = await open()
    await expect(requestSubscribeMessage(['tmpl-1'])).resolves.toEqual({
      kind: 'answered',
      results: { 'tmpl-1': 'reject' },
    })
  })

  it('stands in nobody’s way while the sandbox is away', async () => {
    device.answer = () => ({ errMsg: 'request:fail' })
    const { requestSubscribeMessage } = await open()
    await expect(requestSubscribeMessage(['tmpl-1'])).resolves.toEqual({ kind: 'unavailable', failure: 'failed' })
  })
})
