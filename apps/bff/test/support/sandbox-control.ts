import { rememberSecret } from './captured-logs'

interface SandboxMessage {
  msgid: string
  openid: string
  templateId: string
  page: string
  data: Record<string, { value: string }>
}

export interface SandboxFault {
  path: string
  times: number
  errcode?: number
  httpStatus?: number
  delayMs?: number
  drop?: boolean
  body?: string
}

/** The sandbox's control API, as tests use it. */
export class SandboxControl {
  constructor(readonly url: string) {}

  /** A new WeChat user. */
  async phone(nickname = '测试手机'): Promise<string> {
    return (await this.post<{ openid: string }>('users', { nickname })).openid
  }

  async code(openid: string): Promise<string> {
    const { code } = await this.post<{ code: string }>('login-codes', { openid })
    rememberSecret(code)
    return code
  }

  async accept(openid: string, templateId: string, count = 1): Promise<void> {
    await this.post('subscriptions', { openid, templateId, result: 'accept', count })
  }

  async reject(openid: string, templateId: string): Promise<void> {
    await this.post('subscriptions', { openid, templateId, result: 'reject' })
  }

  async messages(openid: string): Promise<SandboxMessage[]> {
    return (await this.get<{ items: SandboxMessage[] }>(`messages?openid=${openid}`)).items
  }

  async calls(path: string): Promise<{ errcode: number | null; rid: string | null }[]> {
    return (await this.get<{ items: { errcode: number | null; rid: string | null }[] }>(`calls?path=${path}`)).items
  }

  async fault(fault: SandboxFault): Promise<void> {
    await this.post('faults', fault)
  }

  async advance(seconds: number): Promise<void> {
    await this.post('clock/advance', { seconds })
  }

  async reset(): Promise<void> {
    await this.post('reset', {})
  }

  private async get<T>(path: string): Promise<T> {
    return this.read(await fetch(`${this.url}/__sandbox/${path}`))
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return this.read(
      await fetch(`${this.url}/__sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  }

  private async read<T>(response: Response): Promise<T> {
    const text = await response.text()
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
}
