import type { Span } from '@/features/booking/slot-picking'

export type RoomStatusNow =
  | { kind: 'freeAllDay' }
  | { kind: 'freeNow' }
  | { kind: 'freeUntil'; at: number }
  | { kind: 'busyUntil'; at: number }
  | { kind: 'busyCount'; count: number }

/** What to say of a room on a day. `now` outside the day: it is another day, where only the count is of interest. */
export function roomStatus(busy: readonly Span[], day: Span, now: number): RoomStatusNow {
  if (now < day.from || now >= day.to)
    return busy.length === 0 ? { kind: 'freeAllDay' } : { kind: 'busyCount', count: busy.length }
  const running = busy.find((span) => span.from <= now && now < span.to)
  if (running) return { kind: 'busyUntil', at: endOfRun(busy, running) }
  const next = busy.find((span) => span.from > now)
  return next ? { kind: 'freeUntil', at: next.from } : { kind: 'freeNow' }
}

/** Meetings back to back are one stretch to somebody who looks for a room. */
function endOfRun(busy: readonly Span[], running: Span): number {
  let end = running.to
  for (const span of busy) if (span.from <= end && span.to > end) end = span.to
  return end
}

export interface StripPart {
  /** Percent of the strip. */
  left: number
  width: number
}

/** Where the taken times lie on a strip that stands for `shown`. */
export function stripParts(busy: readonly Span[], shown: Span): StripPart[] {
  const length = shown.to - shown.from
  return busy
    .map((span) => ({ from: Math.max(span.from, shown.from), to: Math.min(span.to, shown.to) }))
    .filter((span) => span.to > span.from)
    .map((span) => ({
      left: ((span.from - shown.from) / length) * 100,
      width: ((span.to - span.from) / length) * 100,
    }))
}
