import { dateKeyAt, instantOf, offsetMinutesAt, wallClockAt, type Interval, type WallClock } from '@huiyue/contracts'

/**
 * Between instants and the wall clocks of the organisation's zone. The calendar and the date picker know only wall
 * clocks without a zone, and JavaScript's own `Date` would read them in the browser's zone, so they travel as text:
 * `2026-11-23T09:00:00`, `2026-11-23`, `09:00`.
 */

const pad = (value: number) => String(value).padStart(2, '0')

/** `2026-11-23T09:00:00`, what the organisation's clocks show at that instant (ms since 1970). */
export function wallTextAt(ms: number, timeZone: string): string {
  const { year, month, day, hour, minute } = wallClockAt(ms, timeZone)
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:00`
}

/** The instant (ms since 1970) of a wall clock given as `2026-11-23T09:00` with or without seconds. */
export function instantOfWallText(text: string, timeZone: string): number {
  return instantOf(wallOf(text), timeZone)
}

function wallOf(text: string): WallClock {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/[-T:]/).map(Number)
  return { year, month, day, hour, minute }
}

const naiveMs = (text: string) => {
  const { year, month, day, hour, minute } = wallOf(text)
  return Date.UTC(year, month - 1, day, hour, minute)
}
const textOfNaive = (ms: number) => new Date(ms).toISOString().slice(0, 19)

/** Where a booking lies on a wall-clock grid. In the hour that clocks repeat, its length is kept rather than its end. */
export function wallSpanOf({ startsAt, endsAt }: Interval, timeZone: string): { start: string; end: string } {
  const [startMs, endMs] = [Date.parse(startsAt), Date.parse(endsAt)]
  const start = wallTextAt(startMs, timeZone)
  const end = wallTextAt(endMs, timeZone)
  return end > start ? { start, end } : { start, end: textOfNaive(naiveMs(start) + (endMs - startMs)) }
}

/** The booking after its start was dragged by so many seconds of wall clock; it stays as long as it was. */
export function movedBy(booking: Interval, seconds: number, timeZone: string): Interval {
  const { start } = wallSpanOf(booking, timeZone)
  const startMs = instantOfWallText(textOfNaive(naiveMs(start) + seconds * 1000), timeZone)
  return intervalOf(startMs, startMs + Date.parse(booking.endsAt) - Date.parse(booking.startsAt))
}

/** The booking after its end was dragged by so many seconds of wall clock. */
export function resizedBy(booking: Interval, seconds: number, timeZone: string): Interval {
  const { end } = wallSpanOf(booking, timeZone)
  const endMs = instantOfWallText(textOfNaive(naiveMs(end) + seconds * 1000), timeZone)
  return intervalOf(Date.parse(booking.startsAt), endMs)
}

export function intervalOf(startMs: number, endMs: number): Interval {
  return { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString() }
}

/** `2026-11-23` moved by whole days. */
export function shiftDate(dateKey: string, days: number): string {
  return textOfNaive(naiveMs(`${dateKey}T00:00`) + days * 86_400_000).slice(0, 10)
}

/** Whether the text is a day that exists. */
export function isDateKey(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && shiftDate(text, 0) === text
}

/** `+08:00`: how far the zone's clocks are ahead of UTC at that instant. */
export function offsetTextAt(ms: number, timeZone: string): string {
  const minutes = offsetMinutesAt(ms, timeZone)
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** Whole hours (0–24) of that day which a booking covers, for grids that show a part of the day. */
export function hoursOnDay(booking: Interval, dateKey: string, timeZone: string): { from: number; to: number } {
  const { start, end } = wallSpanOf(booking, timeZone)
  const midnight = naiveMs(`${dateKey}T00:00`)
  const hours = (text: string) => Math.min(24, Math.max(0, (naiveMs(text) - midnight) / 3_600_000))
  return { from: Math.floor(hours(start)), to: Math.ceil(hours(end)) }
}

/** A day in words, such as `11月23日 周一`. */
export function dayText(dateKey: string, locale: string, withYear = false): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  }).format(naiveMs(`${dateKey}T00:00`))
}

/** `10:00–11:30`, with the day in front of an end on another day. */
export function timeRangeText({ startsAt, endsAt }: Interval, timeZone: string, locale: string): string {
  const start = wallTextAt(Date.parse(startsAt), timeZone)
  const end = wallTextAt(Date.parse(endsAt), timeZone)
  const endsOnDay = dateKeyAt(Date.parse(endsAt), timeZone)
  const sameDay = start.slice(0, 10) === endsOnDay
  return `${start.slice(11, 16)}–${sameDay ? '' : `${dayText(endsOnDay, locale)} `}${end.slice(11, 16)}`
}
