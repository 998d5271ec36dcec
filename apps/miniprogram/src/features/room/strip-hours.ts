import { instantOf } from '@huiyue/contracts'
import type { Span } from '@/features/booking/slot-picking'

/** The hours that every room's strip stands for: the office day, widened to whole hours by what lies outside of it. */
export function stripHours(dateKey: string, timeZone: string, busy: readonly Span[]): Span {
  const [year, month, day] = dateKey.split('-').map(Number)
  const at = (hour: number) => instantOf({ year: year!, month: month!, day: day!, hour, minute: 0 }, timeZone)
  const from = Math.min(at(8), ...busy.map((span) => span.from))
  const to = Math.max(at(20), ...busy.map((span) => span.to))
  const hours = Array.from({ length: 25 }, (_, hour) => at(hour))
  return {
    from: Math.max(...hours.filter((hour) => hour <= from), at(0)),
    to: Math.min(...hours.filter((hour) => hour >= to), at(24)),
  }
}
