import type { OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { SubscriptionService } from './subscription.service'

@scoped(Lifecycle.ContainerScoped)
export class SubscriptionController {
  constructor(@inject(SubscriptionService) private readonly service: SubscriptionService) {}

  list({ actor }: Call<'listSubscriptions'>): Promise<OperationResponse<'listSubscriptions'>> {
    return this.service.list(actor.userId)
  }

  report({ actor, body }: Call<'reportSubscriptions'>): Promise<OperationResponse<'reportSubscriptions'>> {
    return this.service.report(actor.userId, body)
  }
}
