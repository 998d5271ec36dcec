// The WeChat sandbox's control API. Only H5 of development and of the demo contains this folder.
import type { SubscriptionResult } from '@huiyue/contracts'

export interface SandboxUser {
  openid: string
  nickname: string
}

export interface SandboxPrompt {
  id: string
  status: 'open' | 'answered'
  templates: { templateId: string; title: string; keywords: { keyword: string; label: string }[] }[]
  /** What the success callback of `wx.requestSubscribeMessage` is given. */
  result?: Record<string, string>
}

export class SandboxError extends Error {
  /** @param status HTTP status; 0 when the sandbox did not answer. */
  constructor(readonly status: number) {
    super(`sandbox answered ${status}`)
  }
}

let origin = ''

/** Told once by the app, from the server's client config; without it there is no sandbox to ask. */
export function setSandboxOrigin(url: string) {
  origin = url.replace(/\/+$/, '')
}

function call<T>(method: 'GET' | 'POST', path: string, body?: object, timeoutMs = 8_000): Promise<T> {
  if (!origin) return Promise.reject(new SandboxError(0))
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${origin}/__sandbox${path}`,
      method,
      ...(body ? { data: JSON.stringify(body), header: { 'content-type': 'application/json' } } : {}),
      timeout: timeoutMs,
      success: ({ statusCode, data }) =>
        statusCode >= 200 && statusCode < 300 ? resolve(data as T) : reject(new SandboxError(statusCode)),
      fail: () => reject(new SandboxError(0)),
    })
  })
}

export const sandboxApi = {
  users: () => call<{ items: SandboxUser[] }>('GET', '/users').then(({ items }) => items),
  addUser: (nickname: string) => call<SandboxUser>('POST', '/users', { nickname }),
  loginCode: (openid: string) => call<{ code: string }>('POST', '/login-codes', { openid }).then(({ code }) => code),
  openPrompt: (openid: string, templateIds: readonly string[]) =>
    call<SandboxPrompt>('POST', '/prompts', { openid, templateIds }),
  /** Waits up to 25 s for an answer given anywhere. */
  waitForPrompt: (id: string) => call<SandboxPrompt>('GET', `/prompts/${id}?wait=25`, undefined, 35_000),
  answerPrompt: (
    id: string,
    answers: Record<string, Extract<SubscriptionResult, 'accept' | 'reject'>>,
    always: boolean,
  ) => call<SandboxPrompt>('POST', `/prompts/${id}/answer`, { answers, always }),
}
