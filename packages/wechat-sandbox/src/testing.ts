import { afterEach } from 'vitest'
import { bookingCreatedTemplateId, sandboxAppId, sandboxAppSecret } from './defaults'
import { type RunningSandbox, type SandboxSettings, startSandbox } from './server'

export const loginPath = '/sns/jscode2session'
export const legacyTokenPath = '/cgi-bin/token'
export const stableTokenPath = '/cgi-bin/stable_token'
export const sendPath = '/cgi-bin/message/subscribe/send'

/** What the booking template accepts. */
export const goodData = {
  thing4: { value: '四季度产品规划评审' },
  thing1: { value: '三楼 望山厅' },
  character_string2: { value: '14:00~15:30' },
  time6: { value: '2026年11月23日 14:00' },
  thing3: { value: '韩梅梅' },
}

export interface Answer {
  errcode?: number
  errmsg?: string
  access_token?: string
  expires_in?: number
  openid?: string
  session_key?: string
}

const running: RunningSandbox[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
})

/** A sandbox on a free port, stopped after the test, with a hand for everything the tests do. */
export async function sandboxForTest(settings: SandboxSettings = {}) {
  const sandbox = await startSandbox(settings)
  running.push(sandbox)

  const get = (path: string) => fetch(`${sandbox.url}${path}`)
  const post = (path: string, body: unknown, contentType = 'application/json') =>
    fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const control = async <T>(path: string, body: unknown = {}): Promise<T> => {
    const response = await post(`/__sandbox${path}`, body)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const read = async <T>(path: string): Promise<T> => (await (await get(`/__sandbox${path}`)).json()) as T

  const legacyToken = async () =>
    (await (
      await get(`${legacyTokenPath}?grant_type=client_credential&appid=${sandboxAppId}&secret=${sandboxAppSecret}`)
    ).json()) as Answer
  const stableToken = async (more: Record<string, unknown> = {}) =>
    (await (
      await post(stableTokenPath, {
        grant_type: 'client_credential',
        appid: sandboxAppId,
        secret: sandboxAppSecret,
        ...more,
      })
    ).json()) as Answer

  return {
    ...sandbox,
    get,
    post,
    control,
    read,
    legacyToken,
    stableToken,
    user: async (nickname = '李雷') => (await control<{ openid: string }>('/users', { nickname })).openid,
    code: async (openid: string, appId?: string) =>
      (await control<{ code: string }>('/login-codes', { openid, appId })).code,
    login: async (query: Record<string, string>) => {
      const all = { appid: sandboxAppId, secret: sandboxAppSecret, grant_type: 'authorization_code', ...query }
      return (await (await get(`${loginPath}?${new URLSearchParams(all).toString()}`)).json()) as Answer
    },
    advance: (seconds: number) => control('/clock/advance', { seconds }),
    accept: (openid: string, count = 1, templateId = bookingCreatedTemplateId) =>
      control('/subscriptions', { openid, templateId, result: 'accept', count }),
    /** The answer's text too, because its msgid must be read exactly. */
    send: async (token: string, message: Record<string, unknown>) => {
      const text = await (
        await post(`${sendPath}?access_token=${token}`, {
          template_id: bookingCreatedTemplateId,
          data: goodData,
          ...message,
        })
      ).text()
      return { text, ...(JSON.parse(text) as Answer) }
    },
  }
}
export type SandboxForTest = Awaited<ReturnType<typeof sandboxForTest>>
