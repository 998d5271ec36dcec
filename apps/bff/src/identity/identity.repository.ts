import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import { IdentityModel } from './identity.model'

/** Which WeChat user belongs to which account, for the one mini program of this installation. */
@scoped(Lifecycle.ContainerScoped)
export class IdentityRepository {
  private readonly where: { provider: 'wx_mp'; appId: string }

  constructor(
    @inject(ConfigToken) config: Config,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {
    this.where = { provider: 'wx_mp', appId: config.wechat.appId }
  }

  findByOpenid(openid: string): Promise<IdentityModel | null> {
    return IdentityModel.findOne({ where: { ...this.where, subject: openid } })
  }

  findByUser(userId: string): Promise<IdentityModel | null> {
    return IdentityModel.findOne({ where: { ...this.where, userId } })
  }

  /** The ids of those among these people whom WeChat can reach. */
  async boundAmong(userIds: readonly string[], tx?: Tx): Promise<Set<string>> {
    if (userIds.length === 0) return new Set()
    const rows = await IdentityModel.findAll({
      where: { ...this.where, userId: [...new Set(userIds)] },
      attributes: ['userId'],
      ...(tx ? { transaction: tx } : {}),
    })
    return new Set(rows.map((row) => row.userId))
  }

  /** False when the database refuses: the openid or the user got another partner meanwhile. */
  async insert(userId: string, openid: string, boundAt: Date): Promise<boolean> {
    try {
      await this.transactions.run((transaction) =>
        IdentityModel.create({ id: newId(), ...this.where, userId, subject: openid, boundAt }, { transaction }),
      )
      return true
    } catch (error) {
      if (isUniqueViolation(error)) return false
      throw error
    }
  }
}
