import {
  accountStatus,
  bookingStatus,
  clientId,
  locale,
  permission,
  type AuditAction,
  type AuditEntry,
  type AuditResource,
} from '@huiyue/contracts'
import type { Messages, Translate } from '@/messages'
import { words } from '@/messages/en/words'
import type { Underscored } from '@/messages/shape'
import { roleName } from '@/shared/role-name'

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
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap((item: unknown) => textsOf(field, item, resource, writers))
  if (typeof value === 'boolean') return [writers.t(value ? 'auditLog.yes' : 'auditLog.no')]
  if (typeof value === 'string') return [wordOf(field, value, resource, writers)]
  if (typeof value !== 'object') return [String(value)]
  const parts = Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    const texts = textsOf(name, part, resource, writers)
    return texts.length > 0 ? [`${labelOf(name, writers.t)} ${texts.join(writers.t('common.listSeparator'))}`] : []
  })
  return [parts.join(' · ')]
}

function wordOf(field: string, text: string, resource: AuditResource, { t, past, booked }: Writers): string {
  if (isInstant(text)) return resource === 'booking' ? booked(text) : past(text)
  switch (field) {
    case 'locale':
      return locale.safeParse(text).success ? t(`languages.${locale.parse(text)}`) : text
    case 'clientId':
      return clientId.safeParse(text).success ? t(`clients.${clientId.parse(text)}`) : text
    case 'permissions':
      return permission.safeParse(text).success ? t(`permissions.${permission.parse(text)}`) : text
    case 'status':
      return statusWord(text, t)
    case 'roles':
      return roleWord(text, t)
    default:
      return text
  }
}

function statusWord(text: string, t: Translate): string {
  const ofAccount = accountStatus.safeParse(text)
  if (ofAccount.success) return t(`accountStatuses.${ofAccount.data}`)
  const ofBooking = bookingStatus.safeParse(text)
  return ofBooking.success ? t(`bookingStatuses.${ofBooking.data}`) : text
}

/** `manager @ A 座`: the server writes the name of the role, and where it is limited to. */
function roleWord(text: string, t: Translate): string {
  const [name = '', ...scope] = text.split(' @ ')
  return [roleName({ roleId: name, roleName: name }, t), ...scope].join(' @ ')
}
