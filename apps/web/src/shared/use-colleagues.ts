import type { UserSummary } from '@huiyue/contracts'
import { isCancel } from 'axios'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError, call } from '@/http'

/** Somebody as the search finds them; other places, such as a booking, tell less about people. */
export type Colleague = Pick<UserSummary, 'id' | 'name' | 'wechatBound'> & Partial<Pick<UserSummary, 'department'>>

/** Colleagues whose name or username contains the text. */
async function searchUsers(search: string, signal: AbortSignal): Promise<UserSummary[]> {
  return (await call('listUsers', { query: { search, limit: 20 } }, { signal })).items
}

/** Searches as one types: the newest question wins, and everybody ever seen stays known by name. */
export function useColleagues(seed: () => Colleague[], exceptId: () => string, search = searchUsers) {
  const known = new Map(seed().map((person) => [person.id, person]))
  const results = shallowRef<Colleague[]>([])
  const searching = ref(false)
  const failed = ref(false)
  let running: AbortController | null = null
  let timer: number | undefined

  function ask(text: string, delayMs = 180): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void look(text.trim()), delayMs)
  }

  async function look(text: string): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    searching.value = true
    failed.value = false
    try {
      const found = (await search(text, mine.signal)).filter(({ id }) => id !== exceptId())
      if (running !== mine) return
      for (const person of found) known.set(person.id, person)
      results.value = found
    } catch (thrown) {
      if (running !== mine || isCancel(thrown)) return
      if (!(thrown instanceof ApiError)) throw thrown
      results.value = []
      failed.value = true
    } finally {
      if (running === mine) searching.value = false
    }
  }

  onScopeDispose(() => {
    window.clearTimeout(timer)
    running?.abort()
  })

  return { known, results, searching, failed, ask }
}
