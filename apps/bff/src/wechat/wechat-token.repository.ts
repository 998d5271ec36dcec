import { Op } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner } from '../database/transaction-runner'
import { WechatTokenModel } from './wechat-token.model'

export interface StoredToken {
  accessToken: string
  /** When to stop using it; null: WeChat has refused it. */
  expiresAt: Date | null
}

/** The access token all processes share, one row an app. */
@scoped(Lifecycle.ContainerScoped)
export class WechatTokenRepository {
  constructor(@inject(TransactionRunner) private readonly transactions: TransactionRunner) {}

  async find(appId: string): Promise<StoredToken | null> {
    const row = await WechatTokenModel.findByPk(appId)
    return row?.accessToken ? { accessToken: row.accessToken, expiresAt: row.expiresAt } : null
  }

  /** True for exactly one of all the processes that ask at once, until it stores a token or the lease runs out. */
  async lease(appId: string, owner: string, now: Date, until: Date): Promise<boolean> {
    await this.ensureRow(appId)
    return this.transactions.run(async (transaction) => {
      const [changed] = await WechatTokenModel.update(
        { leasedBy: owner, leasedUntil: until },
        { where: { appId, [Op.or]: [{ leasedUntil: null }, { leasedUntil: { [Op.lte]: now } }] }, transaction },
      )
      return changed === 1
    })
  }

  async store(appId: string, owner: string, token: StoredToken): Promise<void> {
    await this.transactions.run((transaction) =>
      WechatTokenModel.update(
        { ...token, leasedBy: null, leasedUntil: null },
        { where: { appId, leasedBy: owner }, transaction },
      ),
    )
  }

  async release(appId: string, owner: string): Promise<void> {
    await this.transactions.run((transaction) =>
      WechatTokenModel.update(
        { leasedBy: null, leasedUntil: null },
        { where: { appId, leasedBy: owner }, transaction },
      ),
    )
  }

  /**
   * Marks the token as refused if it is still this one: another process may have a good one there already. It stays
   * written down, so that whoever fetches next knows it when WeChat hands it out again.
   */
  async refuse(appId: string, accessToken: string): Promise<void> {
    await this.transactions.run((transaction) =>
      WechatTokenModel.update({ expiresAt: null }, { where: { appId, accessToken }, transaction }),
    )
  }

  private async ensureRow(appId: string): Promise<void> {
    if (await WechatTokenModel.findByPk(appId, { attributes: ['appId'] })) return
    try {
      await this.transactions.run((transaction) =>
        WechatTokenModel.create(
          { appId, accessToken: null, expiresAt: null, leasedBy: null, leasedUntil: null },
          { transaction },
        ),
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}
