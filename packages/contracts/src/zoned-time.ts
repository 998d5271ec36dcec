/**
 * Wall clocks of an IANA zone without a library: the server and both clients share this one.
 * JavaScript engines on some phones have no `Intl` time zones; there the phone's own zone stands in,
 * which is the organisation's for nearly everybody who carries one.
 */

export interface WallClock {
  year: number
  /** 1–12. */
  month: number
  day: number
  hour: number
  minute: number
}

const formatters = new Map<string, Intl.DateTimeFormat | null>()

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  let found = formatters.get(timeZone)
  if (found === undefined) {
    try {
      found = new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
    } catch {
      found = null
    }
    formatters.set(timeZone, found)
  }
  return found
}

/** Minutes the zone's wall clock is ahead of UTC at that instant (ms since 1970). */
export function offsetMinutesAt(ms: number, timeZone: string): number {
  const formatter = formatterOf(timeZone)
  if (!formatter) return -new Date(ms).getTimezoneOffset()
  const parts: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(ms)) if (type !== 'literal') parts[type] = Number(value)
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!)
  return Math.round((wall - Math.floor(ms / 1000) * 1000) / 60_000)
}

export function wallClockAt(ms: number, timeZone: string): WallClock {
  const shifted = new Date(ms + offsetMinutesAt(ms, timeZone) * 60_000)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  }
}

/**
 * The instant (ms since 1970) at which the zone's clocks show this. Hours and days may run over (`hour: 24`).
 * A time that a change to summer time skips lands after the gap; one that occurs twice is the first.
 */
export function instantOf(wall: WallClock, timeZone: string): number {
  const naive = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)
  const before = offsetMinutesAt(naive - 86_400_000, timeZone)
  const after = offsetMinutesAt(naive + 86_400_000, timeZone)
  const candidates = [...new Set([before, after])].map((offset) => naive - offset * 60_000)
  const exact = candidates.filter((ms) => naive - ms === offsetMinutesAt(ms, timeZone) * 60_000)
  return exact.length > 0 ? Math.min(...exact) : naive - before * 60_000
}

/** `2026-11-23`, the day those clocks show. */
export function dateKeyAt(ms: number, timeZone: string): string {
  const { year, month, day } = wallClockAt(ms, timeZone)
  return `${year}-${pad(month)}-${pad(day)}`
}

/** Start of a day given as `2026-11-23`, moved by whole days, as an instant (ms since 1970). */
export function startOfDay(dateKey: string, timeZone: string, plusDays = 0): number {
  const [year, month, day] = dateKey.split('-').map(Number)
  return instantOf({ year: year!, month: month!, day: day! + plusDays, hour: 0, minute: 0 }, timeZone)
}

/** `09:05`. */
export function timeAt(ms: number, timeZone: string): string {
  const { hour, minute } = wallClockAt(ms, timeZone)
  return `${pad(hour)}:${pad(minute)}`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
