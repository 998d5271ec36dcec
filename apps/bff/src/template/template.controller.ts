import type { NotificationTemplate } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { TemplateService } from './template.service'

@scoped(Lifecycle.ContainerScoped)
export class TemplateController {
  constructor(@inject(TemplateService) private readonly service: TemplateService) {}

  get({ params }: Call<'getTemplate'>): Promise<NotificationTemplate> {
    return this.service.get(params.code)
  }

  put({ actor, params, body }: Call<'putTemplate'>): Promise<NotificationTemplate> {
    return this.service.put(actor, params.code, body)
  }
}
