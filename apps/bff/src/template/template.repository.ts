import type { TemplateCode, TemplateInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { TemplateModel } from './template.model'

@scoped(Lifecycle.ContainerScoped)
export class TemplateRepository {
  constructor(
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  find(code: TemplateCode): Promise<TemplateModel | null> {
    return TemplateModel.findByPk(code)
  }

  findAll(): Promise<TemplateModel[]> {
    return TemplateModel.findAll({ order: [['code', 'ASC']] })
  }

  /** Sets a template that exists; false when there is none of that code. */
  async update(code: TemplateCode, { fields, ...input }: TemplateInput): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      const [changed] = await TemplateModel.update(
        { ...input, fields: JSON.stringify(fields), updatedAt: this.clock.now() },
        { where: { code }, transaction },
      )
      return changed === 1
    })
  }
}
