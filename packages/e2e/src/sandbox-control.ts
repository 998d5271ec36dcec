import { bookingCreatedTemplateId } from '@huiyue/wechat-sandbox'

/** A simulated WeChat user. */
export interface Phone {
  openid: string
  nickname: string
}

/** A subscribe message that a phone received. */
export interface Message {
  msgid: string
  openid: string
  templateId: string
  data: Record<string, { value: string }>
}

/** A call of the WeChat API that the sandbox received. */
export interface Call {
  path: string
  status: number | null
  errcode: number | null
}

interface Prompt {
  id: string
  status: 'open' | 'answered'
  result?: Record<string, string>
}

/** The paths of api.weixin.qq.com that can be made to fail. */
export type WechatPath =
  '/sns/jscode2session' | '/cgi-bin/token' | '/cgi-bin/stable_token' | '/cgi-bin/message/subscribe/send'

/** The sandbox's control API. */
export class SandboxControl {
  constructor(readonly url: string) {}

  addPhone(nickname: string): Promise<Phone> {
    return this.#call('POST', '/users', { nickname })
  }

  async loginCode(openid: string): Promise<string> {
    return (await this.#call<{ code: string }>('POST', '/login-codes', { openid })).code
  }

  async messages(openid: string): Promise<Message[]> {
    return (await this.#call<{ items: Message[] }>('GET', `/messages?openid=${encodeURIComponent(openid)}`)).items
  }

  async calls(path: WechatPath): Promise<Call[]> {
    return (await this.#call<{ items: Call[] }>('GET', `/calls?path=${encodeURIComponent(path)}`)).items
  }

  /** Lets somebody accept as if the pop-up had been shown and answered that often. */
  async accept(openid: string, count = 1): Promise<void> {
    const templateId = bookingCreatedTemplateId
    await this.#call('POST', '/subscriptions', { openid, templateId, result: 'accept', count })
  }

  /**
   * Opens the pop-up on a phone and waits for the answer.
   * @param answer given at once; undefined leaves it to whoever looks at the phone's page
   */
  async ask(openid: string, templateIds: string[], answer?: 'accept' | 'reject'): Promise<Record<string, string>> {
    let prompt = await this.#call<Prompt>('POST', '/prompts', { openid, templateIds })
    if (answer) {
      const answers = Object.fromEntries(templateIds.map((id) => [id, answer]))
      prompt = await this.#call<Prompt>('POST', `/prompts/${prompt.id}/answer`, { answers })
    }
    while (prompt.status === 'open') prompt = await this.#call<Prompt>('GET', `/prompts/${prompt.id}?wait=10`)
    const { errMsg: _errMsg, ...results } = prompt.result ?? {}
    return results
  }

  async fault(fault: { path: WechatPath; times?: number; errcode?: number; drop?: boolean; delayMs?: number }) {
    await this.#call('POST', '/faults', fault)
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/faults')
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/__sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : undefined,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }
}
