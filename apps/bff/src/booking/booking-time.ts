import { slotGrainMinutes } from '@huiyue/contracts'

/** Half-open, in whole minutes since 1970 UTC. */
export interface MinuteRange {
  startMinute: number
  endMinute: number
}

export function instantToMinute(instant: string): number {
  return Math.floor(Date.parse(instant) / 60_000)
}

export function minuteToInstant(minute: number): string {
  return new Date(minute * 60_000).toISOString()
}

/** For reading: a range that ends within a minute includes that minute. */
export function rangeOf(from: string, to: string): MinuteRange {
  return { startMinute: instantToMinute(from), endMinute: Math.ceil(Date.parse(to) / 60_000) }
}

/** The numbers of all slots a range touches, ascending: everybody claims in this order. */
export function slotsOf({ startMinute, endMinute }: MinuteRange): number[] {
  const first = Math.floor(startMinute / slotGrainMinutes)
  const end = Math.ceil(endMinute / slotGrainMinutes)
  return Array.from({ length: end - first }, (_, index) => first + index)
}
