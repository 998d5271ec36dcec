import { computed, onScopeDispose, ref } from 'vue'
import type { ApiError } from '@/http/api-error'
import { useWords } from '@/messages'

/** Counts down how long the server wants to be left alone after too many attempts. */
export function useRetryWait() {
  const { t } = useWords()
  const secondsLeft = ref(0)
  let endsAt = 0
  let timer: number | undefined

  function look(): void {
    // By the clock, not by the ticks: they pause while the page sleeps.
    secondsLeft.value = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
    if (secondsLeft.value === 0) stop()
  }
  function stop(): void {
    window.clearInterval(timer)
    secondsLeft.value = 0
  }
  /** Begins the wait that this error asks for, if it is one that does. */
  function start(error: ApiError): void {
    stop()
    if (error.retryAfterSeconds <= 0) return
    endsAt = Date.now() + error.retryAfterSeconds * 1000
    timer = window.setInterval(look, 1000)
    look()
  }
  onScopeDispose(stop)

  /** `2 分 05 秒`, while there is something to wait for. */
  const timeLeft = computed(() => {
    const [minutes, seconds] = [Math.floor(secondsLeft.value / 60), secondsLeft.value % 60]
    if (minutes === 0) return t('common.seconds', { count: seconds })
    return t('common.minutesSeconds', { minutes, seconds: String(seconds).padStart(2, '0') })
  })

  return { waiting: computed(() => secondsLeft.value > 0), timeLeft, start, stop }
}
