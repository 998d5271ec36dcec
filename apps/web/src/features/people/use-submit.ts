import { ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'

/** One attempt at a time to have the server do something; what it found wrong stays until the next attempt. */
export function useSubmit() {
  const submitting = ref(false)
  const error = shallowRef<ApiError | null>(null)

  /** What the work answered, or undefined when it was refused or another attempt is still under way. */
  async function submit<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (submitting.value) return undefined
    submitting.value = true
    error.value = null
    try {
      return await work()
    } catch (thrown) {
      error.value = toApiError(thrown)
      return undefined
    } finally {
      submitting.value = false
    }
  }

  return { submitting, error, submit }
}
