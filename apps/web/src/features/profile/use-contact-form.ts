import { toFieldIssues, updateMeInput, type CurrentUser, type FieldIssue, type UpdateMeInput } from '@huiyue/contracts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { toApiError, type ApiError } from '@/http/api-error'
import { setLocale } from '@/messages'
import { useFormDraft } from '@/shared/use-form-draft'
import * as meApi from './me.api'

type ContactFields = { mobile: string; email: string } & Pick<CurrentUser, 'locale' | 'timeZone'>

function fieldsOf({ mobile, email, locale, timeZone }: CurrentUser): ContactFields {
  return { mobile: mobile ?? '', email: email ?? '', locale, timeZone }
}

/** What people keep up to date about themselves; an error leaves everything as typed. */
export function useContactForm(user: CurrentUser, api: Pick<typeof meApi, 'updateMe'> = meApi) {
  const session = useSession()
  const saved = shallowRef(fieldsOf(user))
  const fields = reactive(fieldsOf(user))
  const saving = ref(false)
  const issues = shallowRef<FieldIssue[]>([])
  const error = shallowRef<ApiError | null>(null)

  const names = Object.keys(fields) as (keyof ContactFields)[]
  const dirty = computed(() => names.some((name) => fields[name] !== saved.value[name]))
  const draft = useFormDraft('profile', () => (dirty.value ? fields : null))
  const kept = draft.restore(fields)
  if (kept) Object.assign(fields, kept)

  function changes(): UpdateMeInput {
    const { mobile, email, locale, timeZone } = fields
    const all = { mobile: mobile.trim() || null, email: email.trim() || null, locale, timeZone }
    return Object.fromEntries(
      names.filter((name) => fields[name] !== saved.value[name]).map((name) => [name, all[name]]),
    )
  }

  /** Answers whether it was saved. */
  async function save(): Promise<boolean> {
    if (saving.value) return false
    const body = changes()
    const checked = updateMeInput.safeParse(body)
    issues.value = checked.success ? [] : toFieldIssues(checked.error.issues, body)
    error.value = null
    if (!checked.success) return false
    saving.value = true
    try {
      const me = await api.updateMe(body)
      session.take(me)
      saved.value = fieldsOf(me.user)
      Object.assign(fields, saved.value)
      if (body.locale) setLocale(body.locale, true)
      return true
    } catch (thrown) {
      error.value = toApiError(thrown)
      issues.value = error.value.fieldIssues
      return false
    } finally {
      saving.value = false
    }
  }

  function reset(): void {
    Object.assign(fields, saved.value)
    issues.value = []
    error.value = null
  }
  function issuesOf(name: keyof ContactFields): FieldIssue[] {
    return issues.value.filter(({ path }) => path === name)
  }
  function touched(name: keyof ContactFields): void {
    issues.value = issues.value.filter(({ path }) => path !== name)
  }

  return { fields, dirty, saving, error, restored: kept !== null, save, reset, issuesOf, touched }
}
