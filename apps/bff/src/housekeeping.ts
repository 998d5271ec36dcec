import { inject, Lifecycle, scoped } from 'tsyringe'
import { BookingRepository } from './booking/booking.repository'
import { IdempotencyRepository } from './booking/idempotency.repository'
import { ClockToken, type Clock } from './clock'
import { TransactionRunner } from './database/transaction-runner'
import { LoggerToken, type Logger } from './logging/logger'
import { RoomRepository } from './room/room.repository'
import { SessionRepository } from './session/session.repository'

const hourMs = 3_600_000
const keepKeysHours = 48
const keepSlotsHours = 48

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
}
