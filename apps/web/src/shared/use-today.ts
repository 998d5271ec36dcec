import { dateKeyAt } from '@huiyue/contracts'
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** Today, `2026-11-23`, in the organisation's zone; a page left open overnight wakes up on the right day. */
export function useToday(timeZone: Ref<string>): Readonly<Ref<string>> {
  const key = () => dateKeyAt(Date.now(), timeZone.value)
  const today = ref(key())
  const look = () => {
    today.value = key()
  }
  const timer = window.setInterval(look, 20_000)
  document.addEventListener('visibilitychange', look)
  watch(timeZone, look)
  onScopeDispose(() => {
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return readonly(today)
}
