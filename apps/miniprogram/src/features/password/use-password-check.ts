import { ref, shallowRef, watch } from 'vue'
import { toApiError } from '@/http/api-error'
import { errorWords, issuesByField } from '@/lib/error-words'
import { t } from '@/lib/i18n'
import { useWait } from '@/lib/use-wait'

/** Something that is done only with the password: the question for it, and what the server says to the answer. */
export function usePasswordCheck(act: (password: string) => Promise<void>) {
  const busy = ref(false)
  const wrong = shallowRef<string>()
  const failure = shallowRef<string>()
  const { waiting, words: wait, startFor } = useWait()

  watch(waiting, (still) => {
    if (!still) failure.value = undefined
  })

  /** @returns whether it is done; if not, it is on screen why */
  async function confirm(password: string): Promise<boolean> {
    if (busy.value || waiting.value) return false
    failure.value = undefined
    wrong.value = password ? undefined : t('issues.required')
    if (!password) return false
    busy.value = true
    try {
      await act(password)
      return true
    } catch (thrown) {
      const error = toApiError(thrown)
      const issues = issuesByField(error.issues, ['password'])
      wrong.value = issues.password
      if (!issues.password) failure.value = errorWords(error)
      if (error.code === 'TOO_MANY_ATTEMPTS') startFor(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, wrong, failure, wait, confirm }
}
