import type { OperationResponse, ReportSubscriptionsInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { TemplateRepository } from '../template/template.repository'
import { SubscriptionRepository } from './subscription.repository'

/** Which templates a client should ask for, and what people answered. */
@scoped(Lifecycle.ContainerScoped)
export class SubscriptionService {
  constructor(
    @inject(TemplateRepository) private readonly templates: TemplateRepository,
    @inject(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
  ) {}

  async list(userId: string): Promise<OperationResponse<'listSubscriptions'>> {
    const [templates, balances] = await Promise.all([this.templates.findAll(), this.subscriptions.balances(userId)])
    const items = templates
      .filter((template) => template.templateId !== '')
      .map((template) => ({
        templateCode: template.code,
        templateId: template.templateId,
        remaining: balances.get(template.templateId)?.remaining ?? 0,
        lastResult: balances.get(template.templateId)?.lastResult ?? null,
      }))
    return { items, total: items.length }
  }

  /** Reports about templates that are not ours are left aside: nothing can be sent with them. */
  async report(
    userId: string,
    { requestId, results }: ReportSubscriptionsInput,
  ): Promise<OperationResponse<'listSubscriptions'>> {
    const ours = new Set((await this.templates.findAll()).map((template) => template.templateId))
    const known = Object.fromEntries(Object.entries(results).filter(([templateId]) => ours.has(templateId)))
    await this.subscriptions.record(userId, requestId, known)
    return this.list(userId)
  }
}
