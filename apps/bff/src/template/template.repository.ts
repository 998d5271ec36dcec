import type { TemplateCode, TemplateInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import type { Tx } from '../database/transaction-runner'
import { TemplateModel } from './template.model'

@scoped(Lifecycle.ContainerScoped)
export class TemplateRepository {
  constructor(@inject(ClockToken) private readonly clock: Clock) {}

  find(code: TemplateCode): Promise<TemplateModel | null> {
    return TemplateModel.findByPk(code)
  }

  findAll(): Promise<TemplateModel[]> {
    return TemplateModel.findAll({ order: [['code', 'ASC']] })
  }

  lock(code: TemplateCode, tx: Tx): Promise<TemplateModel | null> {
    return TemplateModel.findByPk(code, { transaction: tx, lock: tx.LOCK.UPDATE })
  }

  async update(code: TemplateCode, { fields, ...input }: TemplateInput, tx: Tx): Promise<void> {
    await TemplateModel.update(
      { ...input, fields: JSON.stringify(fields), updatedAt: this.clock.now() },
      { where: { code }, transaction: tx },
    )
  }
}
