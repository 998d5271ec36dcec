import type { UserSummary } from '@huiyue/contracts'
import { ref, shallowRef, watch } from 'vue'
import { http } from '@/http/http-client'
import { toApiError, type ApiError } from '@/http/api-error'

/** Milliseconds of rest after the last letter before the server is asked. */
const restMs = 250

/** Colleagues whose name fits what is typed; answers to outdated questions are dropped. */
export function useColleagueSearch() {
  const text = ref('')
  const found = shallowRef<UserSummary[]>()
  const error = shallowRef<ApiError>()
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function search() {
    const mine = ++asked
    try {
      const search = text.value.trim()
      const { items } = await http.call('listUsers', { query: { ...(search ? { search } : {}), limit: 20 } })
      if (mine !== asked) return
      found.value = items
      error.value = undefined
    } catch (thrown) {
      if (mine === asked) error.value = toApiError(thrown)
    }
  }

  watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), restMs)
  })

  return { text, found, error, search }
}
