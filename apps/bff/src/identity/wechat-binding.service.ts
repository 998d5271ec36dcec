import type { BindingReason, WechatBinding } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail, type AuditActor } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { LoggerToken, type Logger } from '../logging/logger'
import { NotificationRepository } from '../notification/notification.repository'
import { SessionEnding } from '../session/session-ending'
import { SubscriptionRepository } from '../subscription/subscription.repository'
import { WechatError } from '../wechat/wechat-error'
import { WechatGatewayToken, type WechatGateway } from '../wechat/wechat-gateway'
import type { IdentityModel } from './identity.model'
import { IdentityRepository } from './identity.repository'

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
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'wechat-binding' })
  }

  async stateOf(userId: string): Promise<WechatBinding> {
    return presentBinding(await this.identities.findByUser(userId))
  }

  /**
   * Exchanges the code and binds the openid; says why when that did not work.
   * @param options.replace put it in the place of the WeChat user the account had; sessions which that one opened end,
   *   but for `keepSessionId`
   */
  async bind(
    user: Person,
    code: string,
    by: AuditActor,
    options: { replace?: boolean; keepSessionId?: string } = {},
  ): Promise<WechatBinding> {
    let openid: string
    try {
      openid = (await this.wechat.exchangeLoginCode(code)).openid
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      this.logger.warn(
        { userId: user.id, errcode: error.errcode, rid: error.rid, reason: error.errmsg },
        'login code not exchanged',
      )
      const own = presentBinding(await this.identities.findByUser(user.id))
      return { ...own, reason: reasonOf(error), ...(error.errcode === null ? {} : { errcode: error.errcode }) }
    }
    // Twice: the second look is for whoever was quicker between our look and our insert.
    for (const attempt of [1, 2]) {
      const [own, holder] = await Promise.all([
        this.identities.findByUser(user.id),
        this.identities.findByOpenid(openid),
      ])
      if (own?.subject === openid) return this.confirmed(own)
      if (own && !options.replace) return { ...presentBinding(own), reason: 'other_wechat' }
      // The two looks are not one: a binding of ours may have been made between them.
      if (holder?.userId === user.id) return presentBinding(holder)
      if (holder) return { ...presentBinding(own), reason: 'openid_taken' }
      if (attempt === 1 && (await this.insert(user, openid, by, options.keepSessionId))) return this.stateOf(user.id)
    }
    throw new Error('The database refused a binding that nothing stands against')
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

  /** Whoever binds what is bound has proven who they are: from now on the code alone is enough again. */
  private async confirmed(own: IdentityModel): Promise<WechatBinding> {
    if (own.passwordNeeded)
      await this.transactions.run((tx) => this.identities.setPasswordNeeded([own.userId], false, tx))
    return presentBinding(own)
  }

  private async endSessionsOfWechat(userId: string, exceptSessionId: string | undefined, tx: Tx): Promise<void> {
    const selection = { userIds: [userId], openedByWechat: true as const }
    await this.sessions.end({ ...selection, ...(exceptSessionId ? { exceptSessionId } : {}) }, 'wechat_unbound', tx)
  }

  /** False when the database refuses: the openid or the account got another partner meanwhile. */
  private async insert(user: Person, openid: string, by: AuditActor, keepSessionId?: string): Promise<boolean> {
    try {
      await this.transactions.run(async (tx) => {
        const boundAt = this.clock.now()
        const before = await this.identities.remove(user.id, tx)
        if (before) {
          // Accepts belong to the WeChat user who gave them; messages that wait go to the new one.
          await this.subscriptions.voidAll(user.id, tx)
          await this.endSessionsOfWechat(user.id, keepSessionId, tx)
        }
        await this.identities.insert(user.id, openid, boundAt, tx)
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
      })
      return true
    } catch (error) {
      if (isUniqueViolation(error)) return false
      throw error
    }
  }
}

export function presentBinding(identity: Pick<IdentityModel, 'boundAt'> | null): WechatBinding {
  return identity ? { bound: true, boundAt: identity.boundAt.toISOString() } : { bound: false, reason: 'never_bound' }
}

function reasonOf(error: WechatError): BindingReason {
  if (error.errorClass === 'code') return 'code_invalid'
  return error.errorClass === 'later' ? 'wechat_unavailable' : 'wechat_refused'
}
