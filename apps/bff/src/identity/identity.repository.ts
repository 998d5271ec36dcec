import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import type { Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import { IdentityModel } from './identity.model'

/** Which WeChat user belongs to which account, for the one mini program of this installation. */
@scoped(Lifecycle.ContainerScoped)
export class IdentityRepository {
  private readonly where: { provider: 'wx_mp'; appId: string }

  constructor(@inject(ConfigToken) config: Config) {
    this.where = { provider: 'wx_mp', appId: config.wechat.appId }
  }

  findByOpenid(openid: string, tx?: Tx): Promise<IdentityModel | null> {
    return IdentityModel.findOne({ where: { ...this.where, subject: openid }, ...(tx ? { transaction: tx } : {}) })
  }

  findByUser(userId: string, tx?: Tx): Promise<IdentityModel | null> {
    return IdentityModel.findOne({ where: { ...this.where, userId }, ...(tx ? { transaction: tx } : {}) })
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

  async insert(userId: string, openid: string, boundAt: Date, tx: Tx): Promise<void> {
    await IdentityModel.create({ id: newId(), ...this.where, userId, subject: openid, boundAt }, { transaction: tx })
  }

  /** Whether the code alone logs these people in. */
  async setPasswordNeeded(userIds: readonly string[], passwordNeeded: boolean, tx: Tx): Promise<void> {
    if (userIds.length === 0) return
    await IdentityModel.update(
      { passwordNeeded },
      { where: { ...this.where, userId: [...userIds], passwordNeeded: !passwordNeeded }, transaction: tx },
    )
  }

  /** What was removed; null when there was nothing. */
  async remove(userId: string, tx: Tx): Promise<IdentityModel | null> {
    const found = await IdentityModel.findOne({
      where: { ...this.where, userId },
      transaction: tx,
      lock: tx.LOCK.UPDATE,
    })
    await found?.destroy({ transaction: tx })
    return found
  }
}
