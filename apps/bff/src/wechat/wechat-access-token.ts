import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { newId } from '../ids'
import { LoggerToken, type Logger } from '../logging/logger'
import { WechatError } from './wechat-error'
import { WechatHttp } from './wechat-http'
import { WechatTokenRepository, type StoredToken } from './wechat-token.repository'

/** A token is replaced this long before WeChat lets it expire. */
const earlyMs = 300_000
/** Near its renewal WeChat hands out tokens with few seconds left; this much use is made of each. */
const shortestUseMs = 10_000
/** Longer than the HTTP time-out, so that a lease only runs out when its holder died. */
const leaseMs = 15_000
const pollMs = 50

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/**
 * The app's access token. However many calls and processes ask at once, WeChat sees one request: callers of this
 * process share one promise, processes share one database row with a lease.
 */
@scoped(Lifecycle.ContainerScoped)
export class WechatAccessToken {
  private readonly owner = newId()
  private readonly logger: Logger
  private cached: StoredToken | null = null
  private fetching: Promise<string> | null = null
  /** A refused token that WeChat then gave out again. */
  private secondChance: string | null = null

  constructor(
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(WechatHttp) private readonly http: WechatHttp,
    @inject(WechatTokenRepository) private readonly tokens: WechatTokenRepository,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'wechat-token' })
  }

  /** @throws {WechatError} when there is no good token and WeChat gives none. */
  async get(rejected?: string): Promise<string> {
    if (this.cached && this.isGood(this.cached) && this.cached.accessToken !== rejected) return this.cached.accessToken
    this.fetching ??= this.obtain(rejected).finally(() => {
      this.fetching = null
    })
    return this.fetching
  }

  /**
   * Runs a call with the token; when WeChat says the token is not good, drops it (if nobody else has replaced it
   * meanwhile) and runs the call once more with another.
   */
  async use<T>(call: (accessToken: string) => Promise<T>): Promise<T> {
    const accessToken = await this.get()
    try {
      const result = await call(accessToken)
      if (this.secondChance === accessToken) this.secondChance = null
      return result
    } catch (error) {
      if (!(error instanceof WechatError) || error.errorClass !== 'token') throw error
      this.logger.warn({ errcode: error.errcode, rid: error.rid }, 'WeChat refused the access token; fetching another')
      if (this.cached?.accessToken === accessToken) this.cached = null
      await this.tokens.refuse(this.config.wechat.appId, accessToken)
      return call(await this.get(accessToken))
    }
  }

  private isGood(token: StoredToken): boolean {
    return token.expiresAt !== null && token.expiresAt > this.clock.now()
  }

  private async obtain(rejected: string | undefined): Promise<string> {
    const { appId } = this.config.wechat
    const giveUpAt = Date.now() + 2 * leaseMs
    for (;;) {
      const stored = await this.tokens.find(appId)
      if (stored && this.isGood(stored) && stored.accessToken !== rejected) {
        this.cached = stored
        return stored.accessToken
      }
      const now = this.clock.now()
      if (await this.tokens.lease(appId, this.owner, now, new Date(now.getTime() + leaseMs))) break
      if (Date.now() > giveUpAt) throw WechatError.unreachable('no access token: another process is still fetching it')
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    try {
      // Whoever held the lease before may have stored a token between our look and our lease.
      const stored = await this.tokens.find(appId)
      const refused = stored?.expiresAt === null ? stored.accessToken : rejected
      const token =
        stored && this.isGood(stored) && stored.accessToken !== rejected ? stored : await this.fetch(refused)
      await this.tokens.store(appId, this.owner, token)
      this.cached = token
      return token.accessToken
    } catch (error) {
      await this.tokens.release(appId, this.owner)
      throw error
    }
  }

  private async fetch(refused: string | undefined): Promise<StoredToken> {
    const { appId: appid, appSecret: secret, tokenMode } = this.config.wechat
    const credential = { grant_type: 'client_credential', appid, secret }
    const ask = (force: boolean) =>
      tokenMode === 'stable'
        ? this.http.call(
            { method: 'POST', path: '/cgi-bin/stable_token', body: { ...credential, force_refresh: force } },
            answer,
          )
        : this.http.call({ method: 'GET', path: '/cgi-bin/token', query: credential }, answer)
    let given = await ask(false)
    if (tokenMode === 'stable' && given.access_token === refused) {
      // WeChat repeats the token it holds for valid. Once we believe it: a refusal can be a passing fault, and forcing
      // a new one is limited to 20 a day and kills the token of every other system that shares the app.
      if (this.secondChance === refused) given = await ask(true)
      else this.secondChance = refused
    }
    const useMs = Math.max(given.expires_in * 1000 - earlyMs, Math.min(shortestUseMs, given.expires_in * 1000))
    this.logger.info({ mode: tokenMode, useSeconds: Math.round(useMs / 1000) }, 'fetched an access token')
    return { accessToken: given.access_token, expiresAt: new Date(this.clock.now().getTime() + useMs) }
  }
}
