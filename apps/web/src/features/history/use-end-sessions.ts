import { ref } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import * as historyApi from './history.api'

export interface EndedSessions {
  done: string[]
  failed: string[]
  /** Why the last of them failed. */
  error: ApiError | null
}

/** Ends sessions one after the other. One that has ended meanwhile is ended all the same. */
export function useEndSessions(api: Pick<typeof historyApi, 'endSession'> = historyApi) {
  const ending = ref<ReadonlySet<string>>(new Set())

  async function end(ids: readonly string[]): Promise<EndedSessions> {
    const result: EndedSessions = { done: [], failed: [], error: null }
    ending.value = new Set(ids)
    try {
      for (const id of ids) {
        const error = await endOne(id)
        result[error ? 'failed' : 'done'].push(id)
        result.error = error ?? result.error
        // Nobody out of reach, nor somebody who has been logged out, gets any further.
        if (error && (error.status === 0 || error.status === 401)) {
          result.failed.push(...ids.slice(ids.indexOf(id) + 1))
          break
        }
      }
    } finally {
      ending.value = new Set()
    }
    return result
  }

  async function endOne(id: string): Promise<ApiError | null> {
    try {
      await api.endSession(id)
      return null
    } catch (thrown) {
      const error = toApiError(thrown)
      return error.code === 'NOT_FOUND' ? null : error
    }
  }

  return { ending, end }
}
