import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { TransactionRunner } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import { buildingsWithin, canAt, type Actor } from '../session/actor'
import type { NotificationModel } from './notification.models'
import { NotificationRepository } from './notification.repository'
import { WakeSignal } from './wake-signal'

@scoped(Lifecycle.ContainerScoped)
export class NotificationService {
  constructor(
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(WakeSignal) private readonly signal: WakeSignal,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  /** Messages about rooms that the actor looks after. */
  list(
    actor: Actor,
    query: Parameters<NotificationRepository['list']>[0],
  ): Promise<{ rows: NotificationModel[]; count: number }> {
    const buildingIds = buildingsWithin(actor, 'notification:read')
    return this.notifications.list({ ...query, ...(buildingIds ? { buildingIds } : {}) })
  }

  /** Queues a settled message again; it is written anew from the booking. @throws {AppError} */
  async resend(actor: Actor, id: string): Promise<NotificationModel> {
    const message = await this.notifications.findById(id)
    if (!message) throw new AppError('NOT_FOUND', 'There is no such message')
    const buildingId = message.booking?.room?.buildingId
    if (!canAt(actor, 'notification:resend', { buildingId }))
      throw new AppError('FORBIDDEN', 'The message is about a room that is not yours to look after')
    await this.transactions.run(async (tx) => {
      if (!(await this.notifications.requeue(id, tx)))
        throw new AppError('NOTIFICATION_IN_PROGRESS', 'The message is waiting or on its way already')
      const name = `${message.booking?.title} → ${message.recipient?.name}`
      const personId = message.recipientId
      await this.audit.append(actor, { action: 'notification.resent', target: { id, name }, personId }, tx)
    })
    this.signal.raise()
    const queued = await this.notifications.findById(id)
    if (!queued) throw new AppError('NOT_FOUND', 'There is no such message')
    return queued
  }
}
