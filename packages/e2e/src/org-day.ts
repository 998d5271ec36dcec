const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const hoursAheadOfUtc = 8
const dayMs = 86_400_000

/** A day on the wall clock of the demo organisation, which is in Shanghai and knows no summer time. */
export interface OrgDay {
  /** `2026-11-26`. */
  key: string
  /** As the mini program says it: `11月26日 周四`. */
  words: string
  /** The instant of a wall-clock time such as `10:00`, as ISO-8601 in UTC. */
  at(time: string): string
}

/** @param daysAhead 0 is today; the demo's own bookings end with the third day after */
export function orgDay(daysAhead: number): OrgDay {
  const local = new Date(Date.now() + hoursAheadOfUtc * 3_600_000 + daysAhead * dayMs)
  const key = local.toISOString().slice(0, 10)
  return {
    key,
    words: `${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${weekdays[local.getUTCDay()]}`,
    at: (time) => new Date(`${key}T${time}:00+0${hoursAheadOfUtc}:00`).toISOString(),
  }
}
