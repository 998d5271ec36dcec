import type { Account, CreatedAccount, FieldIssue } from '@huiyue/contracts'
import { computed, reactive, ref } from 'vue'
import { useSession } from '@/features/session/session.store'
import { call } from '@/http'
import { useFormDraft } from '@/shared/use-form-draft'
import { useSubmit } from '../use-submit'
import {
  accountDraftNames,
  accountDraftOf,
  createInputOf,
  newAccountDraft,
  updateInputOf,
  type AccountDraft,
} from './account-draft'
import { duplicateRows, roleInputsOf } from './role-drafts'

export type AccountFormTarget = { account: Account } | { departmentId: string | null }

/** Somebody new, or what changes about somebody; a refusal leaves everything as typed. */
export function useAccountForm(target: AccountFormTarget) {
  const session = useSession()
  const account = 'account' in target ? target.account : null
  const opened: Readonly<AccountDraft> = account
    ? accountDraftOf(account)
    : newAccountDraft('departmentId' in target ? target.departmentId : null, 'zh-CN')
  const draft = reactive<AccountDraft>({ ...opened })
  const issues = ref<FieldIssue[]>([])
  const { submitting, error, submit: attempt } = useSubmit()

  const givesRoles = computed(() => account === null && session.can('role:assign'))
  const dirty = computed(() =>
    account ? Object.keys(updateInputOf(draft, opened)).length > 0 : JSON.stringify(draft) !== JSON.stringify(opened),
  )
  const complete = computed(
    () => !givesRoles.value || (roleInputsOf(draft.roles) !== null && duplicateRows(draft.roles).size === 0),
  )

  const kept = useFormDraft(account ? accountDraftNames.edit(account.id) : accountDraftNames.create, () =>
    dirty.value ? { ...draft } : null,
  )
  Object.assign(draft, kept.restore({ ...draft }))

  async function send<T>(work: () => Promise<T>): Promise<T | undefined> {
    issues.value = []
    const answer = await attempt(work)
    issues.value = error.value?.fieldIssues ?? []
    if (answer !== undefined) kept.forget()
    return answer
  }

  function create(): Promise<CreatedAccount | undefined> {
    return send(() => call('createAccount', { body: createInputOf(draft, givesRoles.value) }))
  }

  function update(id: string): Promise<Account | undefined> {
    const reason = draft.reason.trim()
    const body = { ...updateInputOf(draft, opened), ...(reason ? { reason } : {}) }
    return send(() => call('updateAccount', { params: { id }, body }))
  }

  function issuesAt(path: string): FieldIssue[] {
    return issues.value.filter((issue) => issue.path === path || issue.path.startsWith(`${path}.`))
  }
  function touched(path: string): void {
    issues.value = issues.value.filter((issue) => issue.path !== path && !issue.path.startsWith(`${path}.`))
  }

  return { draft, dirty, complete, givesRoles, submitting, error, issues, create, update, issuesAt, touched }
}
