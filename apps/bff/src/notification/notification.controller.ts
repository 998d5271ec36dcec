import type { Notification, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { presentNotification } from './notification.presenter'
import { NotificationRepository } from './notification.repository'
import { NotificationService } from './notification.service'

@scoped(Lifecycle.ContainerScoped)
export class NotificationController {
  constructor(
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(NotificationService) private readonly service: NotificationService,
  ) {}

  async list({ query }: Call<'listNotifications'>): Promise<OperationResponse<'listNotifications'>> {
    const { rows, count } = await this.notifications.list(query)
    return { items: rows.map(presentNotification), total: count }
  }

  async resend({ params }: Call<'resendNotification'>): Promise<Notification> {
    return presentNotification(await this.service.resend(params.id))
  }
}
