import { instantOf, wallClockAt } from '@huiyue/contracts'

/** The same time of day, on the day `dateKey` (`2026-11-23`) of that zone; ms since 1970. */
export function onDay(ms: number, dateKey: string, timeZone: string): number {
  const { hour, minute } = wallClockAt(ms, timeZone)
  const [year, month, day] = dateKey.split('-').map(Number)
  return instantOf({ year: year!, month: month!, day: day!, hour, minute }, timeZone)
}
