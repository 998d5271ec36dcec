import { computed, onScopeDispose, ref } from 'vue'
import type { ApiError } from '@/http/api-error'
import { waitWords } from './time-text'

/** After too many attempts: how long until the next may be made, counted down on screen. */
export function useWait() {
  const seconds = ref(0)
  let until = 0
  let timer: ReturnType<typeof setInterval> | undefined

  // Reckoned from the clock each time: a mini program in the background has no ticks.
  function tick() {
    seconds.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    if (seconds.value === 0) clearInterval(timer)
  }

  function startFor(error: ApiError) {
    clearInterval(timer)
    until = Date.now() + error.retryAfterSeconds * 1000
    timer = setInterval(tick, 1000)
    tick()
  }

  function end() {
    until = 0
    tick()
  }

  onScopeDispose(() => clearInterval(timer))

  return {
    waiting: computed(() => seconds.value > 0),
    /** The time left; empty when there is none. */
    words: computed(() => (seconds.value > 0 ? waitWords(seconds.value) : '')),
    startFor,
    end,
  }
}
