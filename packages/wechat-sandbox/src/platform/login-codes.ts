import { newLoginCode } from '../identifiers'

const lifetimeMs = 5 * 60 * 1000
/** Codes this old are forgotten; until then a used one still says so. */
const rememberedMs = 24 * 60 * 60 * 1000

interface LoginCode {
  appId: string
  userId: number
  issuedAt: number
  used: boolean
}

export type Exchange = { userId: number } | { failure: 'unknown' | 'used' | 'expired' }

/** What `wx.login` hands out: for one mini program, for five minutes, for one use. */
export class LoginCodes {
  readonly #codes = new Map<string, LoginCode>()

  issue(appId: string, userId: number, now: number): string {
    for (const [code, { issuedAt }] of this.#codes) {
      if (now - issuedAt < rememberedMs) break
      this.#codes.delete(code)
    }
    const code = newLoginCode()
    this.#codes.set(code, { appId, userId, issuedAt: now, used: false })
    return code
  }

  exchange(code: string, appId: string, now: number): Exchange {
    const found = this.#codes.get(code)
    if (!found || found.appId !== appId) return { failure: 'unknown' }
    if (found.used) return { failure: 'used' }
    if (now - found.issuedAt >= lifetimeMs) return { failure: 'expired' }
    found.used = true
    return { userId: found.userId }
  }
}
