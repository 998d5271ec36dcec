import type { BindingReason, WechatBinding } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail, type AuditActor } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { isUniqueViolation } from '../database/database-errors'
import type { Tx } from '../database/transaction-runner'
import { LoggerToken, type Logger } from '../logging/logger'
import { NotificationRepository } from '../notification/notification.repository'
import { SessionEnding } from '../session/session-ending'
import { SubscriptionRepository } from '../subscription/subscription.repository'
import { WechatError } from '../wechat/wechat-error'
import { WechatGatewayToken, type WechatGateway } from '../wechat/wechat-gateway'
import type { IdentityModel } from './identity.model'
import { IdentityRepository } from './identity.repository'

/** What WeChat said of a login code. */
export type Exchange = { openid: string } | { refused: Pick<WechatBinding, 'reason' | 'errcode'> }

interface Person {
  id: string
  name: string
}

/** Ties accounts to WeChat users. Nothing WeChat does makes these methods throw, except where they say so. */
@scoped(Lifecycle.ContainerScoped)
export class WechatBindingService {
  private readonly logger: Logger

  constructor(
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(WechatGatewayToken) private readonly wechat: WechatGateway,
    @inject(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'wechat-binding' })
  }

  async stateOf(userId: string): Promise<WechatBinding> {
    return presentBinding(await this.identities.findByUser(userId))
  }

  /** Asks WeChat whose code that is. */
  async exchange(userId: string, code: string): Promise<Exchange> {
    try {
      return { openid: (await this.wechat.exchangeLoginCode(code)).openid }
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      const { errcode, rid, errmsg } = error
      this.logger.warn({ userId, errcode, rid, reason: errmsg }, 'login code not exchanged')
      return { refused: { reason: reasonOf(error), ...(errcode === null ? {} : { errcode }) } }
    }
  }

  /**
   * Binds the openid, or says why not. To be called in a transaction that holds the account's row and has looked there
   * whether the person may: a binding is a way in, and WeChat takes its time to say whose code it is.
   * @param options.replace put it in the place of the WeChat user the account had; sessions which that one opened end,
   *   but for `keepSessionId`
   * @throws {UniqueConstraintError} when somebody else binds that openid at this moment; see `againWhenTaken`
   */
  async bind(
    user: Person,
    exchange: Exchange,
    by: AuditActor,
    tx: Tx,
    options: { replace?: boolean; keepSessionId?: string } = {},
  ): Promise<WechatBinding> {
    const own = await this.identities.findByUser(user.id, tx)
    if ('refused' in exchange) return { ...presentBinding(own), ...exchange.refused }
    if (own?.subject === exchange.openid) {
      // Whoever binds what is bound has proven who they are: from now on the code alone is enough again.
      if (own.passwordNeeded) await this.identities.setPasswordNeeded([user.id], false, tx)
      return presentBinding(own)
    }
    if (own && !options.replace) return { ...presentBinding(own), reason: 'other_wechat' }
    if (await this.identities.findByOpenid(exchange.openid, tx))
      return { ...presentBinding(own), reason: 'openid_taken' }
    const boundAt = this.clock.now()
    const before = await this.identities.remove(user.id, tx)
    if (before) {
      // Accepts belong to the WeChat user who gave them; messages that wait go to the new one.
      await this.subscriptions.voidAll(user.id, tx)
      await this.endSessionsOfWechat(user.id, options.keepSessionId, tx)
    }
    await this.identities.insert(user.id, exchange.openid, boundAt, tx)
    await this.audit.append(
      by,
      {
        action: 'account.wechat_bound',
        target: user,
        ...(before ? { before: { boundAt: before.boundAt.toISOString() } } : {}),
        after: { boundAt: boundAt.toISOString() },
      },
      tx,
    )
    return { bound: true, boundAt: boundAt.toISOString() }
  }

  /** What a code's WeChat user is bound to; null when there is nothing. @throws {WechatError} */
  async identityOfCode(code: string): Promise<IdentityModel | null> {
    const { openid } = await this.wechat.exchangeLoginCode(code)
    return this.identities.findByOpenid(openid)
  }

  /**
   * Unties the account: what was accepted in that WeChat is void, messages that wait are settled as not to be sent, and
   * sessions that WeChat opened end (but for one that may go on). False when it was not bound.
   */
  async unbind(
    user: Person,
    by: AuditActor,
    tx: Tx,
    { exceptSessionId, reason }: { exceptSessionId?: string; reason?: string | undefined } = {},
  ): Promise<boolean> {
    const removed = await this.identities.remove(user.id, tx)
    if (!removed) return false
    await this.subscriptions.voidAll(user.id, tx)
    await this.notifications.suppressWaiting(user.id, 'wechat_unbound', tx)
    await this.endSessionsOfWechat(user.id, exceptSessionId, tx)
    const before = { boundAt: removed.boundAt.toISOString() }
    await this.audit.append(by, { action: 'account.wechat_unbound', target: user, before, reason }, tx)
    return true
  }

  private async endSessionsOfWechat(userId: string, exceptSessionId: string | undefined, tx: Tx): Promise<void> {
    const selection = { userIds: [userId], openedByWechat: true as const }
    await this.sessions.end({ ...selection, ...(exceptSessionId ? { exceptSessionId } : {}) }, 'wechat_unbound', tx)
  }
}

/** Runs a transaction that binds once more when somebody else took the openid meanwhile: then it says so. */
export async function againWhenTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return work()
  }
}

export function presentBinding(identity: Pick<IdentityModel, 'boundAt'> | null): WechatBinding {
  return identity ? { bound: true, boundAt: identity.boundAt.toISOString() } : { bound: false, reason: 'never_bound' }
}

function reasonOf(error: WechatError): BindingReason {
  if (error.errorClass === 'code') return 'code_invalid'
  return error.errorClass === 'later' ? 'wechat_unavailable' : 'wechat_refused'
}
