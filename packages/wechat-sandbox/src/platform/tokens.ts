import { looksLikeAccessToken, newAccessToken } from '../identifiers'

const lifetimeMs = 7200_000
const overlapMs = 300_000
const forcedGapMs = 30_000
const forcedPerDay = 20
const forgottenAfterMs = 86_400_000

interface AccessToken {
  value: string
  appId: string
  expiresAt: number
  /** Set when a newer token replaced this one; from then on it answers "not the latest". */
  replacedAt: number | null
}

interface StableAccount {
  current: AccessToken | null
  live: AccessToken[]
  lastForcedAt: number
  forcedDay: string
  forcedCount: number
}

export interface IssuedToken {
  value: string
  /** Whole seconds. */
  expiresIn: number
}

export type TokenCheck = { appId: string } | { failure: 'missing' | 'malformed' | 'unknown' | 'superseded' | 'expired' }

/** Access tokens of both kinds; the legacy and the stable ones know nothing of each other. */
export class Tokens {
  readonly #all = new Map<string, AccessToken>()
  readonly #legacy = new Map<string, AccessToken>()
  readonly #stable = new Map<string, StableAccount>()

  /** `/cgi-bin/token`: a new one every time; the one before it works for five more minutes. */
  issueLegacy(appId: string, now: number): IssuedToken {
    const previous = this.#legacy.get(appId)
    if (previous) previous.replacedAt = Math.min(previous.expiresAt, now + overlapMs)
    const token = this.#issue(appId, now)
    this.#legacy.set(appId, token)
    return issued(token, now)
  }

  /** `/cgi-bin/stable_token`: the same one until its last five minutes, when old and new both work. */
  issueStable(appId: string, now: number): IssuedToken {
    const account = this.#account(appId)
    if (!account.current || account.current.expiresAt - now <= overlapMs) this.#renew(account, appId, now)
    return issued(account.current!, now)
  }

  /**
   * `force_refresh: true`: every stable token of the app dies at once. Within 30 seconds of the last one nothing is
   * refreshed; null when the day's twenty are used up.
   */
  forceStable(appId: string, now: number): IssuedToken | null {
    const account = this.#account(appId)
    if (now - account.lastForcedAt < forcedGapMs) return this.issueStable(appId, now)
    const today = beijingDay(now)
    if (account.forcedDay !== today) Object.assign(account, { forcedDay: today, forcedCount: 0 })
    if (account.forcedCount >= forcedPerDay) return null
    account.forcedCount += 1
    account.lastForcedAt = now
    for (const token of account.live) token.replacedAt = Math.min(token.replacedAt ?? now, now)
    account.live = []
    this.#renew(account, appId, now)
    return issued(account.current!, now)
  }

  check(value: string | null, now: number): TokenCheck {
    if (!value) return { failure: 'missing' }
    const token = this.#all.get(value)
    if (!token) return { failure: looksLikeAccessToken(value) ? 'unknown' : 'malformed' }
    if (token.replacedAt !== null && now >= token.replacedAt) return { failure: 'superseded' }
    if (now >= token.expiresAt) return { failure: 'expired' }
    return { appId: token.appId }
  }

  #account(appId: string): StableAccount {
    const known = this.#stable.get(appId)
    if (known) return known
    const account = { current: null, live: [], lastForcedAt: -Infinity, forcedDay: '', forcedCount: 0 }
    this.#stable.set(appId, account)
    return account
  }

  #renew(account: StableAccount, appId: string, now: number): void {
    account.current = this.#issue(appId, now)
    account.live = [...account.live.filter((token) => token.expiresAt > now), account.current]
  }

  #issue(appId: string, now: number): AccessToken {
    for (const [value, { expiresAt }] of this.#all) {
      if (now - expiresAt < forgottenAfterMs) break
      this.#all.delete(value)
    }
    const token: AccessToken = { value: newAccessToken(), appId, expiresAt: now + lifetimeMs, replacedAt: null }
    this.#all.set(token.value, token)
    return token
  }
}

function issued(token: AccessToken, now: number): IssuedToken {
  return { value: token.value, expiresIn: Math.floor((token.expiresAt - now) / 1000) }
}

/** WeChat counts days by Beijing time, which has been UTC+8 without exception since 1991. */
function beijingDay(now: number): string {
  return new Date(now + 8 * 3600_000).toISOString().slice(0, 10)
}
