import type { SubscriptionResult } from '@huiyue/contracts'
import { Op } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import { SubscriptionBalanceModel, SubscriptionGrantModel } from './subscription.models'

/** The ledger of accepts and sends: WeChat has no call that tells how many messages one may still send. */
@scoped(Lifecycle.ContainerScoped)
export class SubscriptionRepository {
  constructor(
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  async balances(userId: string): Promise<Map<string, SubscriptionBalanceModel>> {
    const rows = await SubscriptionBalanceModel.findAll({ where: { userId } })
    return new Map(rows.map((row) => [row.templateId, row]))
  }

  /** Writes down what a person answered to one prompt; a prompt that was reported before changes nothing. */
  async record(
    userId: string,
    requestId: string,
    results: Readonly<Record<string, SubscriptionResult>>,
  ): Promise<void> {
    for (const [templateId, result] of Object.entries(results).sort(([a], [b]) => a.localeCompare(b))) {
      await this.ensureBalance(userId, templateId)
      try {
        await this.transactions.run(async (transaction) => {
          const at = this.clock.now()
          await SubscriptionGrantModel.create(
            { id: newId(), userId, templateId, result, requestId, at },
            { transaction },
          )
          await this.change(
            userId,
            templateId,
            { lastResult: result, ...(accepts(result) ? { add: 1 } : {}) },
            transaction,
          )
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
      }
    }
  }

  /** A message was sent: one accept is used up. */
  async spend(userId: string, templateId: string, tx: Tx): Promise<void> {
    await SubscriptionBalanceModel.decrement('remaining', {
      by: 1,
      where: { userId, templateId, remaining: { [Op.gt]: 0 } },
      transaction: tx,
    })
  }

  /** WeChat says there is none left, whatever we counted. */
  async exhaust(userId: string, templateId: string, tx: Tx): Promise<void> {
    await SubscriptionBalanceModel.update(
      { remaining: 0, updatedAt: this.clock.now() },
      { where: { userId, templateId }, transaction: tx },
    )
  }

  /** Another WeChat user, or none: what was accepted is worth nothing any more. */
  async voidAll(userId: string, tx: Tx): Promise<void> {
    await SubscriptionBalanceModel.update(
      { remaining: 0, lastResult: null, updatedAt: this.clock.now() },
      { where: { userId }, transaction: tx },
    )
  }

  /** What the person answered last, as far as their client reported it. */
  async lastResult(userId: string, templateId: string): Promise<SubscriptionResult | null> {
    return (await SubscriptionBalanceModel.findOne({ where: { userId, templateId } }))?.lastResult ?? null
  }

  private async change(
    userId: string,
    templateId: string,
    change: { lastResult: SubscriptionResult; add?: number },
    transaction: Tx,
  ): Promise<void> {
    await SubscriptionBalanceModel.update(
      { lastResult: change.lastResult, updatedAt: this.clock.now() },
      { where: { userId, templateId }, transaction },
    )
    if (change.add)
      await SubscriptionBalanceModel.increment('remaining', {
        by: change.add,
        where: { userId, templateId },
        transaction,
      })
  }

  private async ensureBalance(userId: string, templateId: string): Promise<void> {
    if (await SubscriptionBalanceModel.findOne({ where: { userId, templateId }, attributes: ['userId'] })) return
    try {
      await this.transactions.run((transaction) =>
        SubscriptionBalanceModel.create(
          { userId, templateId, remaining: 0, lastResult: null, updatedAt: this.clock.now() },
          { transaction },
        ),
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}

function accepts(result: SubscriptionResult): boolean {
  return result.startsWith('accept')
}
