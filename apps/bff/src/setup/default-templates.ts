import type { TemplateField } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner } from '../database/transaction-runner'
import { TemplateModel } from '../template/template.model'

const bookingCreated: TemplateField[] = [
  { keyword: 'thing4', source: 'booking.title' },
  { keyword: 'thing1', source: 'room.name' },
  { keyword: 'character_string2', source: 'booking.timeRange' },
  { keyword: 'time6', source: 'booking.startsAt' },
  { keyword: 'thing3', source: 'organizer.name' },
]

/** The mappings every installation starts with; what staff changed stays. */
@scoped(Lifecycle.ContainerScoped)
export class DefaultTemplates {
  constructor(
    @inject(ConfigToken) private readonly config: Config,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @param templateId the account's id of the template; empty until staff enter it */
  async ensure(templateId: string): Promise<void> {
    if (await TemplateModel.findByPk('BOOKING_CREATED')) return
    try {
      await this.transactions.run((transaction) =>
        TemplateModel.create(
          {
            code: 'BOOKING_CREATED',
            templateId,
            page: 'pages/booking-detail/booking-detail?id={bookingId}',
            lang: 'zh_CN',
            miniprogramState: this.config.wechat.miniprogramState,
            fields: JSON.stringify(bookingCreated),
            updatedAt: this.clock.now(),
          },
          { transaction },
        ),
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}
