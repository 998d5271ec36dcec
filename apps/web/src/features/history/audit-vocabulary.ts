import {
  accountStatus,
  auditAction,
  auditResource,
  bookingStatus,
  clientId,
  locale,
  loginOutcome,
  loginReason,
  permission,
  templateInput,
  type AuditAction,
} from '@huiyue/contracts'
import type { Translate } from '@/messages'
import type { Underscored } from '@/messages/shape'
import { roleName } from '@/shared/role-name'

/** The word for a value of a field; null for values it does not know. */
type Vocabulary = (text: string, t: Translate) => string | null

interface Shape<V> {
  safeParse(text: unknown): { success: true; data: V } | { success: false }
}
function words<V>(shape: Shape<V>, say: (value: V, t: Translate) => string): Vocabulary {
  return (text, t) => {
    const known = shape.safeParse(text)
    return known.success ? say(known.data, t) : null
  }
}

const accountStatuses = words(accountStatus, (one, t) => t(`accountStatuses.${one}`))
const bookingStatuses = words(bookingStatus, (one, t) => t(`bookingStatuses.${one}`))

const vocabularies: Readonly<Record<string, Vocabulary | undefined>> = {
  locale: words(locale, (one, t) => t(`languages.${one}`)),
  status: (text, t) => accountStatuses(text, t) ?? bookingStatuses(text, t),
  clientId: words(clientId, (one, t) => t(`clients.${one}`)),
  permissions: words(permission, (one, t) => t(`permissions.${one}`)),
  /** `manager @ A 座`: the server writes the name of the role, and where it is limited to. */
  roles: (text, t) => {
    const [name = '', ...scope] = text.split(' @ ')
    return [roleName({ roleId: name, roleName: name }, t), ...scope].join(' @ ')
  },
  lang: words(templateInput.shape.lang, (one, t) => t(`templates.langs.${one}`)),
  miniprogramState: words(templateInput.shape.miniprogramState, (one, t) => t(`templates.states.${one}`)),
  // What an export was filtered by.
  result: words(loginOutcome, (one, t) => t(`loginResults.${one}`)),
  reason: words(loginReason, (one, t) => t(`loginReasons.${one}`)),
  action: words(auditAction, (one, t) => t(`auditActions.${one.replace('.', '_') as Underscored<AuditAction>}`)),
  resource: words(auditResource, (one, t) => t(`auditResources.${one}`)),
}

export function vocabularyOf(field: string): Vocabulary | undefined {
  return vocabularies[field]
}
