import { inject, Lifecycle, scoped } from 'tsyringe'
import { AppError } from '../errors/app-error'
import type { NotificationModel } from './notification.models'
import { NotificationRepository } from './notification.repository'
import { WakeSignal } from './wake-signal'

@scoped(Lifecycle.ContainerScoped)
export class NotificationService {
  constructor(
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(WakeSignal) private readonly signal: WakeSignal,
  ) {}

  /** Queues a settled message again; it is written anew from the booking. @throws {AppError} */
  async resend(id: string): Promise<NotificationModel> {
    const requeued = await this.notifications.requeue(id)
    const message = await this.notifications.findById(id)
    if (!message) throw new AppError('NOT_FOUND', 'There is no such message')
    if (!requeued) throw new AppError('NOTIFICATION_IN_PROGRESS', 'The message is waiting or on its way already')
    this.signal.raise()
    return message
  }
}
