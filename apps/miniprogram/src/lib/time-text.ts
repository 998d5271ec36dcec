import { dateKeyAt, startOfDay, timeAt, wallClockAt, type Interval } from '@huiyue/contracts'
import { t } from './i18n'

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

/** 0 is Sunday. */
export function weekdayOf(dateKey: string): (typeof weekdays)[number] {
  const [year, month, day] = dateKey.split('-').map(Number)
  return weekdays[new Date(Date.UTC(year!, month! - 1, day!)).getUTCDay()]!
}

/** `11月23日 周一`, of a day given as `2026-11-23`. */
export function dayWords(dateKey: string): string {
  const [, month, day] = dateKey.split('-').map(Number)
  return t('time.day', {
    month: month!,
    day: day!,
    monthName: t(`time.month.${months[month! - 1]!}`),
    weekday: t(`time.weekday.${weekdayOf(dateKey)}`),
  })
}

/** `11/23`. */
export function shortDayWords(dateKey: string): string {
  const [, month, day] = dateKey.split('-').map(Number)
  return t('time.shortDay', { month: month!, day: day!, monthName: t(`time.month.${months[month! - 1]!}`) })
}

/** 今天, 明天 or 昨天 where one fits, else the day. */
export function relativeDayWords(dateKey: string, nowMs: number, timeZone: string): string {
  const today = dateKeyAt(nowMs, timeZone)
  const key = (plusDays: number) => dateKeyAt(startOfDay(today, timeZone, plusDays), timeZone)
  if (dateKey === today) return t('time.today')
  if (dateKey === key(1)) return t('time.tomorrow')
  return dateKey === key(-1) ? t('time.yesterday') : dayWords(dateKey)
}

/** `09:00–10:30`; over midnight with both days. A meeting that ends at midnight ends at 24:00 of its own day. */
export function rangeWords({ startsAt, endsAt }: Interval, timeZone: string): string {
  const [from, to] = [Date.parse(startsAt), Date.parse(endsAt)]
  const [start, end] = [timeAt(from, timeZone), timeAt(to, timeZone)]
  const [startDay, endDay] = [dateKeyAt(from, timeZone), dateKeyAt(to - 1, timeZone)]
  if (startDay === endDay) return t('time.range', { start, end: end === '00:00' ? '24:00' : end })
  return t('time.rangeOverDays', {
    start,
    end,
    startDay: shortDayWords(startDay),
    endDay: shortDayWords(dateKeyAt(to, timeZone)),
  })
}

export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return t('time.duration.minutes', { minutes })
  if (rest === 30) return t('time.duration.hours', { hours: hours + 0.5 })
  return rest === 0 ? t('time.duration.hours', { hours }) : t('time.duration.both', { hours, minutes: rest })
}

/** `1 分 05 秒`, of a countdown. */
export function waitWords(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes === 0) return t('time.wait.seconds', { seconds: rest })
  return t('time.wait.minutes', { minutes, seconds: String(rest).padStart(2, '0') })
}

/** How long ago a moment of the past was: 刚刚, 12 分钟前, 3 小时前, else its day and time. */
export function agoWords(instant: string, nowMs: number, timeZone: string): string {
  const ms = Date.parse(instant)
  const minutes = Math.floor((nowMs - ms) / 60_000)
  if (minutes < 5) return t('time.ago.now')
  if (minutes < 60) return t('time.ago.minutes', { minutes })
  if (minutes < 24 * 60) return t('time.ago.hours', { hours: Math.floor(minutes / 60) })
  return momentWords(instant, nowMs, timeZone)
}

/** Day and time of a moment; the year too when it is not this one's. */
export function momentWords(instant: string, nowMs: number, timeZone: string): string {
  const ms = Date.parse(instant)
  const [dateKey, time] = [dateKeyAt(ms, timeZone), timeAt(ms, timeZone)]
  const day = relativeDayWords(dateKey, nowMs, timeZone)
  const year = dateKey.slice(0, 4)
  if (year === dateKeyAt(nowMs, timeZone).slice(0, 4)) return t('time.moment', { day, time })
  return t('time.momentOfYear', { day, time, year })
}

/** Hour of the day in the zone, 0–23. */
export function hourAt(ms: number, timeZone: string): number {
  return wallClockAt(ms, timeZone).hour
}
