import { reactive, ref, shallowRef, watch } from 'vue'
import { toApiError } from '@/http/api-error'
import { errorWords, issuesByField } from '@/lib/error-words'
import { t } from '@/lib/i18n'
import { useWait } from '@/lib/use-wait'
import { useSession } from './session.store'

const fields = ['username', 'password'] as const

/** The login form: what is typed stays whatever happens, and complaints stand beside the field they are about. */
export function useLoginForm() {
  const session = useSession()
  const values = reactive({ username: '', password: '' })
  const wrong = ref<Partial<Record<(typeof fields)[number] | '', string>>>({})
  const busy = ref(false)
  const failure = shallowRef<string>()
  const { waiting, words: wait, startFor, end: endWait } = useWait()

  // A complaint about a value ends with the value; at once, since Enter changes the value and submits in one go.
  for (const field of fields)
    watch(
      () => values[field],
      () => delete wrong.value[field],
      { flush: 'sync' },
    )
  // Attempts are counted for each account.
  watch(() => values.username, endWait, { flush: 'sync' })
  watch(waiting, (still) => {
    if (!still) failure.value = undefined
  })

  /** @returns whether somebody is signed in now */
  async function submit(): Promise<boolean> {
    if (busy.value || waiting.value) return false
    failure.value = undefined
    wrong.value = {}
    if (!values.username.trim()) wrong.value.username = t('issues.required')
    if (!values.password) wrong.value.password = t('issues.required')
    if (wrong.value.username || wrong.value.password) return false
    busy.value = true
    try {
      await session.login(values.username.trim(), values.password)
      return true
    } catch (thrown) {
      const error = toApiError(thrown)
      wrong.value = issuesByField(error.issues, fields)
      if (error.code === 'CREDENTIALS_INVALID') wrong.value.password = errorWords(error)
      else if (error.issues.length === 0 || wrong.value['']) failure.value = errorWords(error)
      if (error.code === 'TOO_MANY_ATTEMPTS') startFor(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { values, wrong, busy, failure, wait, submit }
}
