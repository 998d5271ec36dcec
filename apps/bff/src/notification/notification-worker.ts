import pLimit from 'p-limit'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { newId } from '../ids'
import { LoggerToken, type Logger } from '../logging/logger'
import { NotificationSender } from './notification-sender'
import type { NotificationModel } from './notification.models'
import { NotificationRepository, type Outcome } from './notification.repository'
import { WakeSignal } from './wake-signal'

const batchSize = 50
const concurrentRecipients = 8
/** Longer than one message can take; a batch that goes on for longer renews as it goes. */
const leaseMs = 180_000
const renewAfterMs = leaseMs / 3
const pollMs = 1000

/**
 * Works off the outbox. Any number of processes may run one: rows are leased under a lock that others skip, and a
 * lease outlives nobody. The poll is what finds retries, messages of other processes, and leases of the dead.
 */
@scoped(Lifecycle.ContainerScoped)
export class NotificationWorker {
  private readonly workerId = newId()
  private readonly logger: Logger
  private readonly limit = pLimit(concurrentRecipients)
  private timer: NodeJS.Timeout | null = null
  private working: Promise<void> | null = null
  private again = false
  private leaving = false

  constructor(
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(NotificationSender) private readonly sender: NotificationSender,
    @inject(WakeSignal) private readonly signal: WakeSignal,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'notification-worker' })
  }

  start(): void {
    this.signal.listen(() => void this.drain())
    this.timer = setInterval(() => void this.drain(), pollMs)
  }

  /** Lets the calls that are under way finish; everything else goes back into the outbox for others. */
  async stop(): Promise<void> {
    this.leaving = true
    if (this.timer) clearInterval(this.timer)
    this.signal.listen(() => undefined)
    await this.working
  }

  /** Works until nothing is due. Calls while it works are one more round, not a second worker. */
  drain(): Promise<void> {
    this.again = true
    this.working ??= this.work().finally(() => {
      this.working = null
      // Asked for between the last look and now.
      if (this.again && !this.leaving) void this.drain()
    })
    return this.working
  }

  private async work(): Promise<void> {
    try {
      while (this.again) {
        this.again = false
        const batch = await this.notifications.lease(this.workerId, batchSize, leaseMs)
        await this.deliver(batch)
        if (batch.length === batchSize && !this.leaving) this.again = true
      }
    } catch (error) {
      // The database is away: the next poll tries again, and every row is still there.
      this.again = false
      this.logger.error({ err: error }, 'the outbox could not be worked')
    }
  }

  /** Side by side for different people, one after the other for one (WeChat answers 43108 otherwise). */
  private async deliver(batch: readonly NotificationModel[]): Promise<void> {
    const leasedAt = performance.now()
    const byRecipient = new Map<string, NotificationModel[]>()
    for (const message of batch)
      byRecipient.set(message.recipientId, [...(byRecipient.get(message.recipientId) ?? []), message])
    await Promise.all(
      [...byRecipient.values()].map((messages) =>
        this.limit(async () => {
          for (const message of messages) await this.handle(message, leasedAt)
        }),
      ),
    )
  }

  private async handle(message: NotificationModel, leasedAt: number): Promise<void> {
    try {
      if (performance.now() - leasedAt > renewAfterMs)
        if (!(await this.notifications.renew(message.id, this.workerId, leaseMs))) return
      const outcome = await this.outcomeOf(message)
      await this.notifications.settle(message, this.workerId, outcome)
      const { state, reason, attempt } = outcome
      const { errcode, rid, msgid } = attempt ?? {}
      this.logger.info({ notificationId: message.id, state, reason, errcode, rid, msgid }, 'message settled')
    } catch (error) {
      // The database is away: the lease ends, and somebody looks at the message again.
      this.logger.error({ err: error, notificationId: message.id }, 'message could not be settled')
    }
  }

  /** One message that cannot be handled must not hold up the others, nor be looked at for ever. */
  private async outcomeOf(message: NotificationModel): Promise<Outcome> {
    if (this.leaving) return { state: 'pending', reason: null, dueAt: this.clock.now() }
    try {
      return await this.sender.process(message)
    } catch (error) {
      this.logger.error({ err: error, notificationId: message.id }, 'message could not be handled')
      return this.sender.afterFault(message)
    }
  }
}
