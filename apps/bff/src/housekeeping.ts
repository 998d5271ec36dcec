import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditRepository } from './audit/audit.repository'
import { BookingRepository } from './booking/booking.repository'
import { IdempotencyRepository } from './booking/idempotency.repository'
import { ClockToken, type Clock } from './clock'
import { ConfigToken, type Config } from './config/config'
import { TransactionRunner, type Tx } from './database/transaction-runner'
import { ImportRepository } from './import/import.repository'
import { LoggerToken, type Logger } from './logging/logger'
import { LoginLogRepository } from './login-log/login-log.repository'
import { RoomRepository } from './room/room.repository'
import { SessionRepository } from './session/session.repository'

const hourMs = 3_600_000
const keepKeysHours = 48
const keepSlotsHours = 48
/** Files hold personal data, and are of no use once their import was applied. */
const keepImportsHours = 14 * 24
/** Rows of one transaction: nobody waits for it. */
const chunkSize = 500

/** Removes what serves nobody any more; bookings and messages are never removed here. */
@scoped(Lifecycle.ContainerScoped)
export class Housekeeping {
  private readonly logger: Logger
  private timer: NodeJS.Timeout | null = null

  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(IdempotencyRepository) private readonly keys: IdempotencyRepository,
    @inject(BookingRepository) private readonly bookings: BookingRepository,
    @inject(RoomRepository) private readonly rooms: RoomRepository,
    @inject(LoginLogRepository) private readonly logins: LoginLogRepository,
    @inject(AuditRepository) private readonly audit: AuditRepository,
    @inject(ImportRepository) private readonly imports: ImportRepository,
    @inject(ConfigToken) private readonly config: Config,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'housekeeping' })
  }

  start(): void {
    void this.run()
    this.timer = setInterval(() => void this.run(), hourMs)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer)
  }

  async run(): Promise<void> {
    const now = this.clock.now().getTime()
    const ago = (hours: number) => new Date(now - hours * hourMs)
    try {
      const removed = {
        sessions: await this.transactions.run((tx) => this.sessions.deleteExpired(ago(0), tx)),
        keys: await this.transactions.run((tx) => this.keys.deleteBefore(ago(keepKeysHours), tx)),
        slots: await this.removeSlots(Math.floor(ago(keepSlotsHours).getTime() / 60_000)),
        logins: await this.inChunks((tx) =>
          this.logins.deleteBefore(ago(this.config.loginLogDays * 24), chunkSize, tx),
        ),
        audit: await this.inChunks((tx) => this.audit.deleteBefore(ago(this.config.auditLogDays * 24), chunkSize, tx)),
        imports: await this.removeImports(ago(keepImportsHours)),
      }
      this.logger.info(removed, 'removed what is over')
    } catch (error) {
      this.logger.error({ err: error }, 'housekeeping failed; the next hour tries again')
    }
  }

  /** Room by room, each along its key: nobody's booking waits for a scan of the table. */
  private async removeSlots(beforeMinute: number): Promise<number> {
    let removed = 0
    for (const { id } of await this.rooms.findAll())
      removed += await this.transactions.run((tx) => this.bookings.deleteSlotsBefore(id, beforeMinute, tx))
    return removed
  }

  /** @param remove takes away one chunk and answers how many rows that were */
  private async inChunks(remove: (tx: Tx) => Promise<number>): Promise<number> {
    for (let removed = 0; ; await new Promise(setImmediate)) {
      const chunk = await this.transactions.run(remove)
      removed += chunk
      if (chunk < chunkSize) return removed
    }
  }

  private async removeImports(before: Date): Promise<number> {
    for (let removed = 0; ; removed++) {
      const id = await this.imports.findBefore(before)
      if (id === null) return removed
      await this.inChunks((tx) => this.imports.deleteRows(id, chunkSize, tx))
      await this.transactions.run((tx) => this.imports.delete(id, tx))
    }
  }
}
