/** Pure rules that the server enforces and both clients show before asking. No zod here: the mini program stays small. */

/** The finest grain of the database's invariant, in minutes; `SLOT_MINUTES` is a multiple of it. */
export const slotGrainMinutes = 5
/** A booking lasts at most this long, in minutes. */
export const maxBookingMinutes = 24 * 60
/** A list or availability request spans at most this many days. */
export const maxRangeDays = 93
export const maxAttendees = 200
export const maxTitleLength = 100
export const maxNoteLength = 1000

export interface Interval {
  startsAt: string
  endsAt: string
}

/** Half-open: a meeting that ends at ten does not disturb one that starts at ten. */
export function overlaps(a: Interval, b: Interval): boolean {
  return Date.parse(a.startsAt) < Date.parse(b.endsAt) && Date.parse(b.startsAt) < Date.parse(a.endsAt)
}

/** The next instant on the grid at or after `ms` (both in ms since 1970), for a wall clock `offsetMinutes` ahead of UTC. */
export function nextGridInstant(ms: number, slotMinutes: number, offsetMinutes: number): number {
  const step = slotMinutes * 60_000
  const shift = offsetMinutes * 60_000
  return Math.ceil((ms + shift) / step) * step - shift
}

export function isOnGrid(ms: number, slotMinutes: number, offsetMinutes: number): boolean {
  return nextGridInstant(ms, slotMinutes, offsetMinutes) === ms
}

/** A booking may start in the slot that is running now, so that people can take a free room on the spot. */
export function earliestStart(nowMs: number, slotMinutes: number, offsetMinutes: number): number {
  const next = nextGridInstant(nowMs, slotMinutes, offsetMinutes)
  return next === nowMs ? next : next - slotMinutes * 60_000
}
