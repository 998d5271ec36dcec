import type { Notification, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { presentNotification } from './notification.presenter'
import { NotificationService } from './notification.service'

@scoped(Lifecycle.ContainerScoped)
export class NotificationController {
  constructor(@inject(NotificationService) private readonly service: NotificationService) {}

  async list({ actor, query }: Call<'listNotifications'>): Promise<OperationResponse<'listNotifications'>> {
    const { rows, count } = await this.service.list(actor, query)
    return { items: rows.map(presentNotification), total: count }
  }

  async resend({ actor, params }: Call<'resendNotification'>): Promise<Notification> {
    return presentNotification(await this.service.resend(actor, params.id))
  }
}
