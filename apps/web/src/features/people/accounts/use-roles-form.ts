import type { Account } from '@huiyue/contracts'
import { computed, ref } from 'vue'
import { call } from '@/http'
import { useFormDraft } from '@/shared/use-form-draft'
import { useSubmit } from '../use-submit'
import { accountDraftNames } from './account-draft'
import { duplicateRows, roleDraftsOf, roleInputsOf, type RoleDraft } from './role-drafts'

/** All roles of somebody, set at once; a refusal leaves them as chosen. */
export function useRolesForm(account: Account) {
  const opened = roleDraftsOf(account.roles)
  const roles = ref<RoleDraft[]>(opened)
  const { submitting, error, submit } = useSubmit()

  const dirty = computed(() => JSON.stringify(roles.value) !== JSON.stringify(opened))
  const inputs = computed(() => (duplicateRows(roles.value).size > 0 ? null : roleInputsOf(roles.value)))
  const complete = computed(() => inputs.value !== null)
  const kept = useFormDraft(accountDraftNames.roles(account.id), () => (dirty.value ? { roles: roles.value } : null))
  roles.value = kept.restore({ roles: opened })?.roles ?? opened

  async function save(): Promise<Account | undefined> {
    const body = inputs.value
    if (!body) return undefined
    const saved = await submit(() => call('putAccountRoles', { params: { id: account.id }, body: { roles: body } }))
    if (saved) kept.forget()
    return saved
  }

  return { roles, dirty, complete, submitting, error, save }
}
