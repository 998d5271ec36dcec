import type { FieldIssue, Permission, Role } from '@huiyue/contracts'
import { computed, reactive } from 'vue'
import { call } from '@/http'
import { useFormDraft } from '@/shared/use-form-draft'
import { useSubmit } from '../use-submit'
import { roleDraftName } from './role-target'

interface RoleDraft {
  name: string
  description: string
  permissions: Permission[]
}

/** A role being changed, or a new one (`role` null) that starts with what is given; a refusal leaves it as typed. */
export function useRoleForm(role: Role | null, start: Readonly<RoleDraft>) {
  const opened: RoleDraft = { ...start, permissions: [...start.permissions] }
  const draft = reactive<RoleDraft>({ ...opened })
  const { submitting, error, submit: attempt } = useSubmit()

  const dirty = computed(() => JSON.stringify(draft) !== JSON.stringify(opened))
  const complete = computed(
    () => draft.name.trim() !== '' && draft.permissions.length > 0 && (role === null || dirty.value),
  )
  const kept = useFormDraft(roleDraftName(role), () => (dirty.value ? { ...draft } : null))
  Object.assign(draft, kept.restore({ ...draft }))

  async function submit(): Promise<Role | undefined> {
    if (!complete.value) return undefined
    const body = { ...draft, name: draft.name.trim(), description: draft.description.trim() }
    const saved = await attempt(() =>
      role === null ? call('createRole', { body }) : call('updateRole', { params: { id: role.id }, body }),
    )
    if (saved) kept.forget()
    return saved
  }

  function issuesAt(path: string): FieldIssue[] {
    const issues = error.value?.fieldIssues ?? []
    return issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}.`))
  }

  return { draft, dirty, complete, submitting, error, submit, issuesAt }
}
