import type { Account, CreateAccountInput, Locale, UpdateAccountInput } from '@huiyue/contracts'
import { roleInputsOf, type RoleDraft } from './role-drafts'

/** The form's fields; an empty text is none. */
export interface AccountDraft {
  username: string
  name: string
  mobile: string
  email: string
  departmentId: string | null
  locale: Locale
  timeZone: string | null
  /** Only for somebody new. */
  roles: RoleDraft[]
  choosesPassword: boolean
  initialPassword: string
  /** Only for a change. */
  reason: string
}

export function newAccountDraft(departmentId: string | null, locale: Locale): AccountDraft {
  return {
    username: '',
    name: '',
    mobile: '',
    email: '',
    departmentId,
    locale,
    timeZone: null,
    roles: [{ roleId: 'member', scopeKind: null, scopeId: null }],
    choosesPassword: false,
    initialPassword: '',
    reason: '',
  }
}

export function accountDraftOf(account: Account): AccountDraft {
  return {
    ...newAccountDraft(account.department?.id ?? null, account.locale),
    username: account.username,
    name: account.name,
    mobile: account.mobile ?? '',
    email: account.email ?? '',
    timeZone: account.timeZone,
  }
}

const textOrNull = (text: string) => text.trim() || null

/** `withRoles`: whoever may not give roles leaves them out, and the new person is a member. */
export function createInputOf(draft: AccountDraft, withRoles: boolean): CreateAccountInput {
  const roles = withRoles ? roleInputsOf(draft.roles) : null
  return {
    username: draft.username.trim(),
    name: draft.name.trim(),
    mobile: textOrNull(draft.mobile),
    email: textOrNull(draft.email),
    departmentId: draft.departmentId,
    locale: draft.locale,
    timeZone: draft.timeZone,
    ...(roles ? { roles } : {}),
    ...(draft.choosesPassword ? { initialPassword: draft.initialPassword } : {}),
  }
}

/** Only what differs from the account as it was opened. */
export function updateInputOf(draft: AccountDraft, opened: AccountDraft): UpdateAccountInput {
  const input: UpdateAccountInput = {}
  if (draft.username.trim() !== opened.username) input.username = draft.username.trim()
  if (draft.name.trim() !== opened.name) input.name = draft.name.trim()
  if (textOrNull(draft.mobile) !== textOrNull(opened.mobile)) input.mobile = textOrNull(draft.mobile)
  if (textOrNull(draft.email) !== textOrNull(opened.email)) input.email = textOrNull(draft.email)
  if (draft.departmentId !== opened.departmentId) input.departmentId = draft.departmentId
  if (draft.locale !== opened.locale) input.locale = draft.locale
  if (draft.timeZone !== opened.timeZone) input.timeZone = draft.timeZone
  return input
}

/** Under which names unsaved forms are kept. */
export const accountDraftNames = {
  create: 'account.new',
  edit: (id: string) => `account.${id}`,
  roles: (id: string) => `account-roles.${id}`,
}
