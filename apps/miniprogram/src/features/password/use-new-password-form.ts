import { changePasswordInput, toFieldIssues } from '@huiyue/contracts'
import { reactive, ref, shallowRef, watch } from 'vue'
import { useSession } from '@/features/session/session.store'
import { toApiError } from '@/http/api-error'
import { errorWords, issuesByField } from '@/lib/error-words'
import { useWait } from '@/lib/use-wait'

const fields = ['currentPassword', 'newPassword'] as const

/** The form for a new password: what is typed stays whatever happens, and complaints stand beside their field. */
export function useNewPasswordForm() {
  const session = useSession()
  const values = reactive({ currentPassword: '', newPassword: '' })
  const wrong = ref<Partial<Record<(typeof fields)[number] | '', string>>>({})
  const busy = ref(false)
  const failure = shallowRef<string>()
  const { waiting, words: wait, startFor } = useWait()

  // A complaint about a value ends with the value; at once, since Enter changes the value and submits in one go.
  for (const field of fields)
    watch(
      () => values[field],
      () => delete wrong.value[field],
      { flush: 'sync' },
    )
  watch(waiting, (still) => {
    if (!still) failure.value = undefined
  })

  /** @returns whether the password is changed now */
  async function submit(): Promise<boolean> {
    if (busy.value || waiting.value) return false
    failure.value = undefined
    const checked = changePasswordInput.safeParse(values)
    wrong.value = checked.success ? {} : issuesByField(toFieldIssues(checked.error.issues, values), fields)
    if (!checked.success) return false
    busy.value = true
    try {
      await session.changePassword(checked.data)
      return true
    } catch (thrown) {
      const error = toApiError(thrown)
      wrong.value = issuesByField(error.issues, fields)
      if (error.issues.length === 0 || wrong.value['']) failure.value = errorWords(error)
      if (error.code === 'TOO_MANY_ATTEMPTS') startFor(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { values, wrong, busy, failure, wait, submit }
}
