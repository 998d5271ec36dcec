import type { Notification, NotificationState } from '@huiyue/contracts'
import { isCancel } from 'axios'
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import { movingStates } from './notification-words'
import * as notificationApi from './notification.api'

export const pageSize = 25
const everyMs = 3_000

export interface LogFilter {
  state: NotificationState | undefined
  /** Counted from 1. */
  page: number
}

/** One page of the log, looked at again by itself while a message on it is on its way. */
export function useNotificationLog(filter: Ref<LogFilter>, api = notificationApi) {
  const items = shallowRef<Notification[] | null>(null)
  const total = ref(0)
  const loading = ref(false)
  const error = shallowRef<ApiError | null>(null)
  let running: AbortController | null = null
  let timer: number | undefined

  const moving = computed(() => items.value?.some(({ state }) => movingStates.has(state)) ?? false)
  const pages = computed(() => Math.max(1, Math.ceil(total.value / pageSize)))

  async function refresh(): Promise<void> {
    running?.abort()
    window.clearTimeout(timer)
    const mine = new AbortController()
    running = mine
    loading.value = true
    const { state, page } = filter.value
    try {
      const query = { ...(state ? { state } : {}), limit: pageSize, offset: (page - 1) * pageSize }
      const answer = await api.listNotifications(query, mine.signal)
      if (running !== mine) return
      items.value = answer.items
      total.value = answer.total
      error.value = null
    } catch (thrown) {
      if (running !== mine || isCancel(thrown)) return
      error.value = toApiError(thrown)
    } finally {
      if (running === mine) {
        loading.value = false
        schedule()
      }
    }
  }

  function schedule(): void {
    if (moving.value && document.visibilityState === 'visible') timer = window.setTimeout(() => void refresh(), everyMs)
  }

  /** Shows what the server has just answered of one message. */
  function take(notification: Notification): void {
    items.value = items.value?.map((item) => (item.id === notification.id ? notification : item)) ?? null
    window.clearTimeout(timer)
    schedule()
  }

  const inSight = () => {
    if (document.visibilityState === 'visible') void refresh()
  }
  document.addEventListener('visibilitychange', inSight)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', inSight)
    window.clearTimeout(timer)
    running?.abort()
  })

  watch(filter, () => void refresh(), { immediate: true })

  return { items, total, pages, loading, error, moving, refresh, take }
}
