import { templateField, type NotificationTemplate, type TemplateCode, type TemplateInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { AppError, validationError } from '../errors/app-error'
import { lintFields } from '../wechat/template-keywords'
import { TemplateRepository } from './template.repository'

const storedFields = z.array(templateField)

@scoped(Lifecycle.ContainerScoped)
export class TemplateService {
  constructor(@inject(TemplateRepository) private readonly templates: TemplateRepository) {}

  /** @throws {AppError} `NOT_FOUND` */
  async get(code: TemplateCode): Promise<NotificationTemplate> {
    const template = await this.templates.find(code)
    if (!template) throw new AppError('NOT_FOUND', 'There is no such template')
    const { templateId, page, lang, miniprogramState } = template
    return { code, templateId, page, lang, miniprogramState, fields: storedFields.parse(JSON.parse(template.fields)) }
  }

  /** A mapping that could never be sent is not saved. @throws {AppError} */
  async put(code: TemplateCode, input: TemplateInput): Promise<NotificationTemplate> {
    const issues = lintFields(input.fields)
    if (issues.length > 0) throw validationError(issues)
    await this.templates.update(code, input)
    return this.get(code)
  }
}
