import { templateField, type NotificationTemplate, type TemplateCode, type TemplateInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { AuditTrail } from '../audit/audit-trail'
import { TransactionRunner } from '../database/transaction-runner'
import { AppError, validationError } from '../errors/app-error'
import type { Actor } from '../session/actor'
import { lintFields } from '../wechat/template-keywords'
import type { TemplateModel } from './template.model'
import { TemplateRepository } from './template.repository'

const storedFields = z.array(templateField)

@scoped(Lifecycle.ContainerScoped)
export class TemplateService {
  constructor(
    @inject(TemplateRepository) private readonly templates: TemplateRepository,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  /** @throws {AppError} `NOT_FOUND` */
  async get(code: TemplateCode): Promise<NotificationTemplate> {
    return { code, ...contentOf(await this.templates.find(code)) }
  }

  /** A mapping that could never be sent is not saved. @throws {AppError} */
  async put(actor: Actor, code: TemplateCode, input: TemplateInput): Promise<NotificationTemplate> {
    const issues = lintFields(input.fields)
    if (issues.length > 0) throw validationError(issues)
    await this.transactions.run(async (tx) => {
      const before = contentOf(await this.templates.lock(code, tx))
      await this.templates.update(code, input, tx)
      const target = { id: code, name: code }
      await this.audit.append(actor, { action: 'template.updated', target, before, after: { ...input } }, tx)
    })
    return this.get(code)
  }
}

/** @throws {AppError} `NOT_FOUND` */
function contentOf(template: TemplateModel | null): TemplateInput {
  if (!template) throw new AppError('NOT_FOUND', 'There is no such template')
  const { templateId, page, lang, miniprogramState } = template
  return { templateId, page, lang, miniprogramState, fields: storedFields.parse(JSON.parse(template.fields)) }
}
