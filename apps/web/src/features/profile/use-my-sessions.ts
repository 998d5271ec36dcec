import type { Session } from '@huiyue/contracts'
import { computed, ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import * as meApi from './me.api'

type Api = Pick<typeof meApi, 'listMySessions' | 'endMySession' | 'endMyOtherSessions'>

/** Where one is logged in; what an answer has ended leaves the list at once. */
export function useMySessions(api: Api = meApi) {
  const sessions = shallowRef<Session[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref<string | null>(null)

  /** This device first, then the newest. */
  const sorted = computed(() =>
    [...(sessions.value ?? [])].sort(
      (a, b) => Number(b.current) - Number(a.current) || Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt),
    ),
  )
  const others = computed(() => sessions.value?.filter(({ current }) => !current).length ?? 0)

  async function load(): Promise<void> {
    error.value = null
    try {
      sessions.value = await api.listMySessions()
    } catch (thrown) {
      error.value = toApiError(thrown)
    }
  }

  /** Rejects with `ApiError`; one that has ended meanwhile is ended all the same. */
  async function end(id: string): Promise<void> {
    busy.value = id
    try {
      await api.endMySession(id)
    } catch (thrown) {
      const failure = toApiError(thrown)
      if (failure.code !== 'NOT_FOUND') throw failure
    } finally {
      busy.value = null
    }
    sessions.value = sessions.value?.filter((one) => one.id !== id) ?? null
  }

  /** Answers how many ended. Rejects with `ApiError`. */
  async function endOthers(): Promise<number> {
    busy.value = 'others'
    try {
      const ended = await api.endMyOtherSessions()
      sessions.value = sessions.value?.filter(({ current }) => current) ?? null
      return ended
    } finally {
      busy.value = null
    }
  }

  return {
    sessions: sorted,
    loaded: computed(() => sessions.value !== null),
    others,
    error,
    busy,
    load,
    end,
    endOthers,
  }
}
