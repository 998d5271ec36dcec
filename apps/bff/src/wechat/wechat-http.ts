import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { type AxiosInstance } from 'axios'
import { isSafeNumber, parse } from 'lossless-json'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { ConfigToken, type Config } from '../config/config'
import { WechatError } from './wechat-error'

/** Somebody waits for a login; a message nobody waits for, and a time-out may mean that it was sent all the same. */
const defaultTimeoutMs = 5000
const maxAnswerBytes = 1_000_000

const int32 = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)
/** What every answer may have. Only the errcode decides; the rest is for people and may be anything. */
const envelope = z.looseObject({
  errcode: z
    .union([
      int32,
      z
        .string()
        .regex(/^-?\d{1,9}$/)
        .transform(Number),
    ])
    .optional(),
  errmsg: z.string().catch(''),
  rid: z
    .string()
    .regex(/^[0-9a-f-]{1,64}$/)
    .optional()
    .catch(undefined),
})

export interface WechatCall {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  body?: unknown
  timeoutMs?: number
}

/**
 * HTTP as WeChat speaks it: success and failure both come with status 200, the Content-Type cannot be relied on,
 * a missing errcode means success, and msgid is beyond what a JavaScript number can hold.
 */
@scoped(Lifecycle.ContainerScoped)
export class WechatHttp {
  private readonly client: AxiosInstance

  constructor(@inject(ConfigToken) config: Config) {
    this.client = axios.create({
      baseURL: config.wechat.apiBaseUrl,
      maxRedirects: 0,
      maxContentLength: maxAnswerBytes,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
    })
  }

  /** @throws {WechatError} for an errcode, and when no proper answer came. */
  async call<T>(call: WechatCall, answer: z.ZodType<T>): Promise<T> {
    const { status, text } = await this.exchange(call)
    let json: unknown
    try {
      json = parse(text, undefined, { parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits) })
    } catch {
      throw WechatError.unreachable(`HTTP ${status}, and not JSON`)
    }
    const said = envelope.safeParse(json)
    const { errcode, errmsg, rid } = said.data ?? { errmsg: '' }
    if (errcode !== undefined && errcode !== 0) throw WechatError.answered(errcode, errmsg, rid)
    const parsed = answer.safeParse(json)
    // Something between us and WeChat may answer JSON of its own: success is what WeChat says, with its status.
    if (!said.success || !parsed.success || status !== 200)
      throw WechatError.unreachable(`HTTP ${status}, and not the answer that was expected`)
    return parsed.data
  }

  private async exchange(call: WechatCall): Promise<{ status: number; text: string }> {
    try {
      const response = await this.client.request<string>({
        method: call.method,
        url: call.path,
        params: call.query,
        ...(call.body === undefined
          ? {}
          : { data: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }),
        // Unlike axios' own, this one also ends a connection that never comes.
        signal: AbortSignal.timeout(call.timeoutMs ?? defaultTimeoutMs),
      })
      return { status: response.status, text: String(response.data) }
    } catch (error) {
      throw WechatError.unreachable(axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer')
    }
  }
}
