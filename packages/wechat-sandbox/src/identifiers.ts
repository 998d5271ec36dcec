import { createHash, randomBytes, randomInt } from 'node:crypto'

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** `8-8-8` lowercase hex; the first group is the time of the call, which operators read back out of it. */
export function newRid(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0')
  return `${seconds}-${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`
}

/** 28 characters; the ids of one mini program share a beginning, as the real ones do. */
export function newOpenid(appId: string): string {
  const ofApp = createHash('sha256').update(appId).digest('base64url').slice(0, 5)
  return `o${ofApp}${randomBytes(17).toString('base64url').slice(0, 22)}`
}

/** 32 characters `[0-9A-Za-z]`, as `wx.login` hands out. */
export function newLoginCode(): string {
  return `0${Array.from({ length: 31 }, () => alphanumeric[randomInt(alphanumeric.length)]).join('')}`
}

/** base64 of 16 bytes: 24 characters ending `==`. */
export function newSessionKey(): string {
  return randomBytes(16).toString('base64')
}

/** Two digits, an underscore and base64url: 136 characters in all. */
export function newAccessToken(): string {
  return `${randomInt(10, 100)}_${randomBytes(100).toString('base64url').slice(0, 133)}`
}

/** Whether a text could be an access token at all; anything else is answered 40014. */
export function looksLikeAccessToken(value: string): boolean {
  return /^\d{2,3}_[\w-]{20,508}$/.test(value)
}

/**
 * Message ids above 2^53, always odd: none of them survives a trip through a JavaScript number, so a client that
 * parses them as numbers is found out at the first message.
 */
export class MessageIds {
  #last = 0n

  next(nowMs: number): string {
    const fromTime = (BigInt(Math.floor(nowMs)) << 20n) + (BigInt(randomInt(0x40000)) << 1n) + 1n
    this.#last = fromTime > this.#last ? fromTime : this.#last + 2n
    return this.#last.toString()
  }
}
