import { createHash } from 'node:crypto'
import { Op } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { isUniqueViolation } from '../database/database-errors'
import type { Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import { IdempotencyKeyModel } from './booking.models'

/** The same key is being worked on or was answered by somebody else meanwhile; thrown inside the transaction. */
export class KeyInUseError extends Error {}

export interface IdempotentCall {
  userId: string
  key: string
  /** SHA-256 of what was asked, so that a key cannot be used for something else. */
  fingerprint: string
}

export function idempotentCall(userId: string, key: string, input: unknown): IdempotentCall {
  return { userId, key, fingerprint: createHash('sha256').update(JSON.stringify(input)).digest('hex') }
}

/** One answer per user and key, kept in the transaction that earned it. */
@scoped(Lifecycle.ContainerScoped)
export class IdempotencyRepository {
  constructor(@inject(ClockToken) private readonly clock: Clock) {}

  /** The answer this key got before, or null. @throws {AppError} when the key was used for something else. */
  async findAnswer<T>({ userId, key, fingerprint }: IdempotentCall): Promise<T | null> {
    const row = await IdempotencyKeyModel.findOne({ where: { userId, key } })
    if (!row?.response) return null
    if (row.fingerprint !== fingerprint)
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request')
    return JSON.parse(row.response) as T
  }

  /** Takes the key. @throws {KeyInUseError} when another transaction has it. */
  async claim({ userId, key, fingerprint }: IdempotentCall, tx: Tx): Promise<void> {
    try {
      await IdempotencyKeyModel.create({ userId, key, fingerprint, createdAt: this.clock.now() }, { transaction: tx })
    } catch (error) {
      if (isUniqueViolation(error)) throw new KeyInUseError()
      throw error
    }
  }

  async keep({ userId, key }: IdempotentCall, answer: unknown, tx: Tx): Promise<void> {
    await IdempotencyKeyModel.update({ response: JSON.stringify(answer) }, { where: { userId, key }, transaction: tx })
  }

  async deleteBefore(before: Date, tx: Tx): Promise<number> {
    return IdempotencyKeyModel.destroy({ where: { createdAt: { [Op.lt]: before } }, transaction: tx })
  }
}
