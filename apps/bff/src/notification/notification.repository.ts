import type { Delivery, NotificationReason, NotificationState } from '@huiyue/contracts'
import { Op, type Includeable } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { BookingModel } from '../booking/booking.models'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import { RoomModel } from '../room/room.model'
import { SubscriptionRepository } from '../subscription/subscription.repository'
import { UserModel } from '../user/user.models'
import { NotificationAttemptModel, NotificationModel } from './notification.models'

const recipient: Includeable = { model: UserModel, as: 'recipient', attributes: ['id', 'name'], required: true }

/** The message with whom and what it is about; only of these buildings' rooms, when any are named. */
function shown(buildingIds?: readonly string[]): Includeable[] {
  const room: Includeable = {
    model: RoomModel,
    as: 'room',
    attributes: ['id', 'buildingId'],
    required: true,
    ...(buildingIds ? { where: { buildingId: [...buildingIds] } } : {}),
  }
  return [
    { model: BookingModel, as: 'booking', attributes: ['id', 'title'], required: true, include: [room] },
    recipient,
  ]
}

export type NewNotification = Pick<NotificationModel, 'event' | 'bookingId' | 'bookingVersion' | 'recipientId'>

/** How a message left the worker's hands. */
export interface Outcome {
  state: NotificationState
  reason: NotificationReason | null
  /** When to try again; null: never. */
  dueAt: Date | null
  data?: Record<string, string>
  /** What WeChat said, when it was asked. */
  attempt?: Attempt
  /** What that does to the recipient's accepts of this template. */
  ledger?: { templateId: string; change: 'spend' | 'exhaust' }
}

export interface Attempt {
  errcode: number | null
  errmsg: string | null
  rid: string | null
  msgid: string | null
  durationMs: number
}

@scoped(Lifecycle.ContainerScoped)
export class NotificationRepository {
  constructor(
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** Queues messages in the transaction that causes them. */
  async enqueue(messages: readonly NewNotification[], tx: Tx): Promise<void> {
    const now = this.clock.now()
    await NotificationModel.bulkCreate(
      messages.map((message) => ({
        ...message,
        id: newId(),
        channel: 'wechat' as const,
        dedupeKey: [message.event, message.bookingId, message.bookingVersion, message.recipientId, 'wechat'].join(':'),
        state: 'pending' as const,
        dueAt: now,
        createdAt: now,
        updatedAt: now,
      })),
      { transaction: tx },
    )
  }

  /**
   * Hands out what is due, oldest first, to one worker: nobody else gets these rows until the lease ends, and a
   * worker that died leaves them due again.
   */
  async lease(workerId: string, limit: number, leaseMs: number): Promise<NotificationModel[]> {
    return this.transactions.run(async (transaction) => {
      const now = this.clock.now()
      const due = await NotificationModel.findAll({
        where: { dueAt: { [Op.lte]: now } },
        order: [
          ['dueAt', 'ASC'],
          ['id', 'ASC'],
        ],
        limit,
        lock: transaction.LOCK.UPDATE,
        skipLocked: true,
        transaction,
      })
      const lease = {
        state: 'leased' as const,
        leasedBy: workerId,
        dueAt: new Date(now.getTime() + leaseMs),
        updatedAt: now,
      }
      if (due.length > 0)
        await NotificationModel.update(lease, { where: { id: due.map((row) => row.id) }, transaction })
      return due.map((row) => row.set(lease))
    })
  }

  /** Lengthens a lease; false when it was lost to another worker, who will handle the message. */
  async renew(id: string, workerId: string, leaseMs: number): Promise<boolean> {
    const dueAt = new Date(this.clock.now().getTime() + leaseMs)
    return this.transactions.run(async (transaction) => {
      const [changed] = await NotificationModel.update({ dueAt }, { where: { id, leasedBy: workerId }, transaction })
      return changed === 1
    })
  }

  /**
   * Settles a leased message, with the attempt and the ledger in one transaction. Does nothing when the lease was lost
   * to another worker, unless the message was sent: that is a fact whoever holds the lease.
   */
  async settle(message: NotificationModel, workerId: string, outcome: Outcome): Promise<void> {
    const { state, reason, dueAt, data, attempt, ledger } = outcome
    await this.transactions.run(async (transaction) => {
      const now = this.clock.now()
      const [changed] = await NotificationModel.update(
        {
          state,
          reason,
          dueAt,
          leasedBy: null,
          updatedAt: now,
          ...(attempt ? { ...answerOf(attempt), attempts: (message.attempts ?? 0) + 1 } : {}),
          ...(data ? { data: JSON.stringify(data) } : {}),
          ...(state === 'sent' ? { sentAt: now } : {}),
        },
        { where: { id: message.id, ...(state === 'sent' ? {} : { leasedBy: workerId }) }, transaction },
      )
      if (changed === 0) return
      if (attempt)
        await NotificationAttemptModel.create(
          { id: newId(), notificationId: message.id, ...attempt, at: now },
          { transaction },
        )
      if (ledger) await this.subscriptions[ledger.change](message.recipientId, ledger.templateId, transaction)
    })
  }

  findById(id: string): Promise<NotificationModel | null> {
    return NotificationModel.findByPk(id, { include: shown() })
  }

  async list(filter: {
    state?: NotificationState | undefined
    bookingId?: string | undefined
    recipientId?: string | undefined
    buildingIds?: readonly string[]
    limit: number
    offset: number
  }): Promise<{ rows: NotificationModel[]; count: number }> {
    const { limit, offset, buildingIds, ...wanted } = filter
    const where = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
    return NotificationModel.findAndCountAll({
      where,
      include: shown(buildingIds),
      order: [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit,
      offset,
    })
  }

  /** Queues a settled message again. False when it is queued or under way already. */
  async requeue(id: string, tx: Tx): Promise<boolean> {
    const now = this.clock.now()
    const [changed] = await NotificationModel.update(
      {
        ...{ errcode: null, errmsg: null, rid: null, msgid: null, sentAt: null },
        ...{ state: 'pending', reason: null, dueAt: now, attempts: 0, updatedAt: now },
      },
      { where: { id, dueAt: null }, transaction: tx },
    )
    return changed === 1
  }

  /** Settles what waits for a person as not to be sent; what a worker has in hand goes its way. */
  async suppressWaiting(recipientId: string, reason: NotificationReason, tx: Tx): Promise<void> {
    await NotificationModel.update(
      { state: 'suppressed', reason, dueAt: null, updatedAt: this.clock.now() },
      { where: { recipientId, state: ['pending', 'retry'] }, transaction: tx },
    )
  }

  /** The newest message per booking and recipient, keyed `bookingId userId`. */
  async latestDeliveries(bookingIds: readonly string[], tx?: Tx): Promise<Map<string, Delivery>> {
    if (bookingIds.length === 0) return new Map()
    const rows = await NotificationModel.findAll({
      where: { bookingId: [...bookingIds] },
      attributes: ['bookingId', 'recipientId', 'state', 'reason', 'sentAt', 'updatedAt'],
      // Later rows overwrite earlier ones in the map.
      order: [['id', 'ASC']],
      ...(tx ? { transaction: tx } : {}),
    })
    return new Map(
      rows.map((row) => [
        `${row.bookingId} ${row.recipientId}`,
        { state: row.state, reason: row.reason ?? null, at: (row.sentAt ?? row.updatedAt).toISOString() },
      ]),
    )
  }
}

function answerOf({ errcode, errmsg, rid, msgid }: Attempt) {
  return { errcode, errmsg, rid, msgid }
}
