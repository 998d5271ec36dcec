import type { BindingReason, WechatBinding } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { LoggerToken, type Logger } from '../logging/logger'
import { WechatError } from '../wechat/wechat-error'
import { WechatGatewayToken, type WechatGateway } from '../wechat/wechat-gateway'
import type { IdentityModel } from './identity.model'
import { IdentityRepository } from './identity.repository'

/** Ties accounts to WeChat users. Nothing WeChat does makes these methods throw, except where they say so. */
@scoped(Lifecycle.ContainerScoped)
export class WechatBindingService {
  private readonly logger: Logger

  constructor(
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(WechatGatewayToken) private readonly wechat: WechatGateway,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'wechat-binding' })
  }

  async stateOf(userId: string): Promise<WechatBinding> {
    return present(await this.identities.findByUser(userId), 'never_bound')
  }

  /** Exchanges the code and binds the openid; says why when that did not work. */
  async bind(userId: string, code: string): Promise<WechatBinding> {
    let openid: string
    try {
      openid = (await this.wechat.exchangeLoginCode(code)).openid
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      this.logger.warn(
        { userId, errcode: error.errcode, rid: error.rid, reason: error.errmsg },
        'login code not exchanged',
      )
      const own = present(await this.identities.findByUser(userId), 'never_bound')
      return { ...own, reason: reasonOf(error), ...(error.errcode === null ? {} : { errcode: error.errcode }) }
    }
    // Twice: the second look is for whoever was quicker between our look and our insert.
    for (const attempt of [1, 2]) {
      const [own, holder] = await Promise.all([
        this.identities.findByUser(userId),
        this.identities.findByOpenid(openid),
      ])
      if (own) return own.subject === openid ? present(own) : { ...present(own), reason: 'other_wechat' }
      // The two looks are not one: a binding of ours may have been made between them.
      if (holder) return holder.userId === userId ? present(holder) : { bound: false, reason: 'openid_taken' }
      if (attempt === 1 && (await this.identities.insert(userId, openid, this.clock.now())))
        return present(await this.identities.findByUser(userId))
    }
    throw new Error('The database refused a binding that nothing stands against')
  }

  /** The account a code's WeChat user is bound to; null when there is none. @throws {WechatError} */
  async userOfCode(code: string): Promise<string | null> {
    const { openid } = await this.wechat.exchangeLoginCode(code)
    return (await this.identities.findByOpenid(openid))?.userId ?? null
  }
}

function present(identity: IdentityModel | null, reasonIfNot: BindingReason = 'never_bound'): WechatBinding {
  return identity ? { bound: true, boundAt: identity.boundAt.toISOString() } : { bound: false, reason: reasonIfNot }
}

function reasonOf(error: WechatError): BindingReason {
  if (error.errorClass === 'code') return 'code_invalid'
  return error.errorClass === 'later' ? 'wechat_unavailable' : 'wechat_refused'
}
