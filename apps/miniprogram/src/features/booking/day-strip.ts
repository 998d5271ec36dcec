import { dateKeyAt, startOfDay } from '@huiyue/contracts'
import { weekdayOf } from '@/lib/time-text'

export interface StripDay {
  /** `2026-11-23` in the organisation's zone. */
  key: string
  day: number
  month: number
  /** 0 is Sunday. */
  weekday: ReturnType<typeof weekdayOf>
  isToday: boolean
}

/** The days one can choose from, starting with the organisation's today, wherever the phone is. */
export function dayStrip(nowMs: number, timeZone: string, days: number): StripDay[] {
  const today = dateKeyAt(nowMs, timeZone)
  return Array.from({ length: days }, (_, ahead) => {
    const key = dateKeyAt(startOfDay(today, timeZone, ahead), timeZone)
    const [, month, day] = key.split('-').map(Number)
    return { key, month: month!, day: day!, weekday: weekdayOf(key), isToday: ahead === 0 }
  })
}
