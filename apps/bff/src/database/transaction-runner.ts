import { Transaction, type Sequelize } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AppError } from '../errors/app-error'
import { LoggerToken, type Logger } from '../logging/logger'
import { isPassingConflict } from './database-errors'
import { KeyedMutex } from './keyed-mutex'
import { SequelizeToken } from './sequelize'

/** Handed from service to repository; services never look inside. */
export type Tx = Transaction

const maxAttempts = 8

/**
 * Runs work in one database transaction and repeats it when it lost a race for a lock.
 * The work must not do anything that a rollback cannot undo: no network, no wake-ups.
 */
@scoped(Lifecycle.ContainerScoped)
export class TransactionRunner {
  private readonly writers = new KeyedMutex()
  private readonly logger: Logger

  constructor(
    @inject(SequelizeToken) private readonly sequelize: Sequelize,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'transaction' })
  }

  /** @throws {AppError} `SERVER_BUSY` when the lock could not be had in all attempts. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work)
      } catch (error) {
        if (!isPassingConflict(error)) throw error
        if (attempt === maxAttempts) {
          this.logger.warn({ attempts: attempt }, 'gave up on a contended transaction')
          throw new AppError('SERVER_BUSY', 'Too much is happening at once; try again in a moment')
        }
        await pause(Math.random() * 10 * 2 ** attempt)
      }
    }
  }

  private once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.sequelize.getDialect() !== 'sqlite') return this.sequelize.transaction(work)
    // SQLite has one writer. Waiting for it here is fair and costs nothing; waiting inside the driver stops the process.
    return this.writers.run('write', () => this.sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, work))
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
