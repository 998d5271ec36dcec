import type { BulkAccountsInput, ErrorCode } from '@huiyue/contracts'
import { computed, reactive, ref } from 'vue'
import { call } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'

const chunkSize = 200

export type BulkChange = Omit<BulkAccountsInput, 'ids'>
export interface BulkFailure {
  id: string
  name: string
  error: ErrorCode | null
}

/** The same change for any number of people, some hundred at a time; each succeeds or fails for themselves. */
export function useBulk() {
  const running = ref(false)
  const wanted = ref(0)
  const succeeded = reactive(new Set<string>())
  const failures = ref<BulkFailure[]>([])
  /** Why not everybody was tried. */
  const broken = ref<ApiError | null>(null)
  let stopping = false

  const tried = computed(() => succeeded.size + failures.value.length)
  const untried = computed(() => wanted.value - tried.value)

  async function run(ids: readonly string[], change: BulkChange): Promise<void> {
    if (running.value) return
    reset()
    wanted.value = ids.length
    running.value = true
    try {
      for (let at = 0; at < ids.length && !stopping; at += chunkSize) {
        const { items } = await call('bulkAccounts', { body: { ...change, ids: ids.slice(at, at + chunkSize) } })
        for (const { id, done } of items) if (done) succeeded.add(id)
        failures.value = [...failures.value, ...items.filter(({ done }) => !done)]
      }
    } catch (thrown) {
      broken.value = toApiError(thrown)
    } finally {
      running.value = false
    }
  }

  /** After the people being handled right now. */
  function stop(): void {
    stopping = true
  }

  function reset(): void {
    stopping = false
    wanted.value = 0
    succeeded.clear()
    failures.value = []
    broken.value = null
  }

  return { running, wanted, tried, untried, succeeded, failures, broken, run, stop, reset }
}
