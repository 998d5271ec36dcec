import {
  templateField,
  type AuditAction,
  type AuditEntry,
  type AuditResource,
  type TemplateSource,
} from '@huiyue/contracts'
import type { Messages, Translate } from '@/messages'
import { words } from '@/messages/en/words'
import type { Underscored } from '@/messages/shape'
import { vocabularyOf } from './audit-vocabulary'

export interface Writers {
  t: Translate
  /** A past moment in words. */
  past(iso: string): string
  /** A booking's moment in words, on the organisation's clocks. */
  booked(iso: string): string
}

/** One thing a field holds; `changed`: the other side does not have it. */
export interface ShownItem {
  text: string
  changed: boolean
}

export interface ShownChange {
  field: string
  label: string
  /** No items: the field is empty. */
  before: ShownItem[]
  after: ShownItem[]
}

type FieldWord = keyof Messages['auditFields']
const isFieldWord = (name: string): name is FieldWord => Object.hasOwn(words.auditFields, name)
const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)

export function actionText(action: AuditAction, t: Translate): string {
  return t(`auditActions.${action.replace('.', '_') as Underscored<AuditAction>}`)
}

/** What changed, field by field, in words. */
export function changesIn({ before, after, target }: AuditEntry, writers: Writers): ShownChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return fields.map((field) => {
    const texts = (value: unknown) => textsOf(field, value, target.resource, writers)
    const [was, is] = [texts(before?.[field]), texts(after?.[field])]
    const marked = (mine: string[], other: string[]) =>
      mine.map((text) => ({ text, changed: before !== null && after !== null && !other.includes(text) }))
    return { field, label: labelOf(field, writers.t), before: marked(was, is), after: marked(is, was) }
  })
}

function labelOf(field: string, t: Translate): string {
  return isFieldWord(field) ? t(`auditFields.${field}`) : field
}

/** Lists keep their items apart, so that one can see which came and which went. */
function textsOf(field: string, value: unknown, resource: AuditResource, writers: Writers): string[] {
  const { t, past, booked } = writers
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap((item: unknown) => textsOf(field, item, resource, writers))
  if (typeof value === 'boolean') return [t(value ? 'auditLog.yes' : 'auditLog.no')]
  if (typeof value === 'string') {
    if (isInstant(value)) return [resource === 'booking' ? booked(value) : past(value)]
    return [vocabularyOf(field)?.(value, t) ?? value]
  }
  if (typeof value !== 'object') return [String(value)]
  const keyword = templateField.safeParse(value)
  if (keyword.success) return [`${keyword.data.keyword}: ${sourceText(keyword.data.source, t)}`]
  const parts = Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    const texts = textsOf(name, part, resource, writers)
    return texts.length > 0 ? [`${labelOf(name, t)} ${texts.join(t('common.listSeparator'))}`] : []
  })
  return [parts.join(' · ')]
}

function sourceText(source: TemplateSource, t: Translate): string {
  return t(`templateSources.${source.replace('.', '_') as Underscored<TemplateSource>}`)
}
