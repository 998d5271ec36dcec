import { timeAt, dateKeyAt, type Interval } from '@huiyue/contracts'
import { computed } from 'vue'
import { useWords } from '@/messages'
import { useClientConfig } from './client-config.store'
import { dayText, timeRangeText } from './org-time'

/** Times in words, in the organisation's zone and the person's language. */
export function useOrgTime() {
  const store = useClientConfig()
  const { locale } = useWords()
  const timeZone = computed(() => store.config?.timeZone ?? 'UTC')
  const slotMinutes = computed(() => store.config?.slotMinutes ?? 15)

  return {
    timeZone,
    slotMinutes,
    todayKey: () => dateKeyAt(Date.now(), timeZone.value),
    day: (dateKey: string, withYear = false) => dayText(dateKey, locale.value, withYear),
    dayAt: (iso: string) => dayText(dateKeyAt(Date.parse(iso), timeZone.value), locale.value),
    time: (ms: number) => timeAt(ms, timeZone.value),
    /** `11月23日周一 10:00`. */
    moment: (iso: string) =>
      `${dayText(dateKeyAt(Date.parse(iso), timeZone.value), locale.value)} ${timeAt(Date.parse(iso), timeZone.value)}`,
    range: (interval: Interval) => timeRangeText(interval, timeZone.value, locale.value),
    /** `11月23日周一 10:00–11:00`. */
    dayAndRange: (interval: Interval) =>
      `${dayText(dateKeyAt(Date.parse(interval.startsAt), timeZone.value), locale.value)} ${timeRangeText(interval, timeZone.value, locale.value)}`,
    /** `11-23 10:00:05`, for logs. */
    stamp: (iso: string) => {
      const ms = Date.parse(iso)
      const seconds = String(Math.floor(ms / 1000) % 60).padStart(2, '0')
      return `${dateKeyAt(ms, timeZone.value).slice(5)} ${timeAt(ms, timeZone.value)}:${seconds}`
    },
  }
}
