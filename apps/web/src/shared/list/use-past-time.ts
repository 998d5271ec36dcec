import { dateKeyAt, timeAt } from '@huiyue/contracts'
import { computed } from 'vue'
import { useSession } from '@/features/session/session.store'
import { useOrgTime } from '../use-org-time'

/** Past moments in the zone in which the signed-in person wants to read them; usually the organisation's. */
export function usePastTime() {
  const session = useSession()
  const org = useOrgTime()
  const timeZone = computed(() => session.user?.timeZone ?? org.timeZone.value)
  const minute = (ms: number) => `${dateKeyAt(ms, timeZone.value)} ${timeAt(ms, timeZone.value)}`

  return {
    timeZone,
    /** `2026-11-23 10:00`. */
    past: (iso: string) => minute(Date.parse(iso)),
    /** `2026-11-23 10:00:05`, for logs. */
    pastExactly: (iso: string) => {
      const ms = Date.parse(iso)
      return `${minute(ms)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`
    },
  }
}
