import { WechatError } from './errors'

/** One call as an endpoint sees it. */
export interface WechatCall {
  query: URLSearchParams
  body: Buffer
  /** Resolves when the time this call is meant to take has passed; at once when nothing slows it down. */
  pause: () => Promise<void>
}

export interface Endpoint {
  method: 'GET' | 'POST'
  /** @returns the JSON text of a success @throws WechatError */
  handle: (call: WechatCall) => Promise<string>
}

/**
 * The JSON object in a body, whatever its Content-Type says: published clients label JSON as a form.
 * @throws WechatError 44002 without a body, 47001 for anything but an object in UTF-8
 */
export function jsonObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) throw new WechatError(44002)
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new WechatError(47001)
  }
  if (!isObject(parsed)) throw new WechatError(47001)
  return parsed
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text under `key`; '' when there is none. */
export function textOf(object: Record<string, unknown>, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return typeof value === 'string' ? value : ''
}
