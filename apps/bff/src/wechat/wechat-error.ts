/**
 * What to do about a failed call.
 * - `token`: the access token is no longer good; fetch another and try once more at once
 * - `later`: WeChat or the way there has trouble; the same call may succeed after a while
 * - `code`: the login code is used up, expired or not ours
 * - `blocked`: WeChat does not let this person log in anywhere
 * - `no-accept`: the person has no accepted subscription left
 * - `final`: settings, template, account or our request are wrong; repeating changes nothing
 */
export type WechatErrorClass = 'token' | 'later' | 'code' | 'blocked' | 'no-accept' | 'final'

const classes: Readonly<Record<number, WechatErrorClass>> = {
  [-1]: 'later',
  40001: 'token',
  40014: 'token',
  42001: 'token',
  40029: 'code',
  40163: 'code',
  40226: 'blocked',
  43101: 'no-accept',
  43108: 'later',
  45009: 'later',
  45011: 'later',
}

const ridPattern = /(?:,?\s*hints?: \[[^\]]*\])?,?\s*rid: ([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})\s*$/

/** A call to WeChat that failed: by WeChat's word (`errcode`), or on the way (`errcode` null). */
export class WechatError extends Error {
  readonly rid: string | null

  private constructor(
    readonly errcode: number | null,
    readonly errmsg: string,
    readonly errorClass: WechatErrorClass,
    rid?: string,
  ) {
    super(errcode === null ? errmsg : `${errcode} ${errmsg}`)
    this.name = 'WechatError'
    this.rid = rid ?? ridPattern.exec(errmsg)?.[1] ?? null
  }

  /** @param rid when the answer has it as a field of its own. */
  static answered(errcode: number, errmsg: string, rid?: string): WechatError {
    return new WechatError(errcode, errmsg, classes[errcode] ?? 'final', rid)
  }

  /** Never carries the transport's own error: that one knows the secret and the token. */
  static unreachable(what: string): WechatError {
    return new WechatError(null, what, 'later')
  }
}
