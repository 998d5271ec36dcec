import { earliestStart, instantOf, maxBookingMinutes, offsetMinutesAt, startOfDay } from '@huiyue/contracts'

/** From and to in ms since 1970, the end not included. */
export interface Span {
  from: number
  to: number
}

/** One room on one day, as far as choosing a time needs it. */
export interface RoomDay extends Span {
  /** Nothing may start before this. */
  earliest: number
  slotMs: number
  /** In order of time. */
  busy: readonly Span[]
}

export interface Choice extends Span {
  /** The next tap sets the end. */
  awaitsEnd: boolean
}

/** A row of the grid: a few slots together, so that a finger can hit it. */
export interface Cell extends Span {
  state: 'free' | 'busy' | 'past'
  /** Where a booking that begins in this row would start; undefined when nothing is free in it. */
  firstFree: number | undefined
}

const minuteMs = 60_000
/** A first tap proposes a meeting of this length. */
const proposedMs = 60 * minuteMs
/** A row stands for at least this much time. */
const leastCellMinutes = 30

export function roomDay(
  dateKey: string,
  timeZone: string,
  slotMinutes: number,
  nowMs: number,
  busy: readonly Span[],
): RoomDay {
  const from = startOfDay(dateKey, timeZone)
  return {
    from,
    to: startOfDay(dateKey, timeZone, 1),
    earliest: earliestStart(nowMs, slotMinutes, offsetMinutesAt(nowMs, timeZone)),
    slotMs: slotMinutes * minuteMs,
    busy,
  }
}

/** The least multiple of the slot that is tall enough to tap. */
export function cellMinutesFor(slotMinutes: number): number {
  return Math.ceil(leastCellMinutes / slotMinutes) * slotMinutes
}

/** The hours worth showing first: the office day, from now on if it is today, widened to hold whatever is booked. */
export function mainHours(day: RoomDay, dateKey: string, timeZone: string): Span {
  const [year, month, date] = dateKey.split('-').map(Number)
  const at = (hour: number) => instantOf({ year: year!, month: month!, day: date!, hour, minute: 0 }, timeZone)
  const hourMs = 60 * minuteMs
  const hourStart = (ms: number) => day.from + Math.floor((ms - day.from) / hourMs) * hourMs
  const isToday = day.earliest >= day.from && day.earliest < day.to
  const from = isToday ? hourStart(day.earliest) : Math.min(at(7), ...day.busy.map((taken) => hourStart(taken.from)))
  const to = Math.max(at(21), from + hourMs, ...day.busy.map((taken) => hourStart(taken.to + hourMs - 1)))
  return { from: Math.max(day.from, from), to: Math.min(day.to, to) }
}

export function cells(day: RoomDay, shown: Span, cellMinutes: number): Cell[] {
  const step = cellMinutes * minuteMs
  const rows: Cell[] = []
  for (let from = shown.from; from < shown.to; from += step) {
    const to = Math.min(from + step, day.to)
    const firstFree = freeStartIn(day, { from, to })
    const state = firstFree !== undefined ? 'free' : to <= day.earliest ? 'past' : 'busy'
    rows.push({ from, to, state, firstFree })
  }
  return rows
}

function freeStartIn(day: RoomDay, { from, to }: Span): number | undefined {
  for (let start = from; start + day.slotMs <= to; start += day.slotMs)
    if (canHold(day, { from: start, to: start + day.slotMs })) return start
  return undefined
}

/** Whether a booking of this span is possible, as far as this client knows. */
export function canHold(day: RoomDay, { from, to }: Span): boolean {
  return (
    from >= day.earliest &&
    from >= day.from &&
    to <= day.to &&
    to - from >= day.slotMs &&
    to - from <= maxBookingMinutes * minuteMs &&
    day.busy.every((taken) => to <= taken.from || taken.to <= from)
  )
}

/** How late a booking that starts at `from` can end. */
function latestEnd(day: RoomDay, from: number): number {
  const next = day.busy.find((taken) => taken.from >= from)
  return Math.min(next?.from ?? day.to, day.to, from + maxBookingMinutes * minuteMs)
}

/**
 * A tap on a row. The first sets the start and proposes an hour, or what is free of it; the next one, when it is later
 * and nothing is in between, sets the end to the end of that row; any other begins anew.
 */
export function tap(day: RoomDay, choice: Choice | undefined, cell: Cell): Choice | undefined {
  if (choice?.awaitsEnd && cell.to > choice.from) {
    const limit = latestEnd(day, choice.from)
    if (cell.from < limit) return { from: choice.from, to: Math.min(cell.to, limit), awaitsEnd: false }
  }
  if (cell.firstFree === undefined) return choice
  const from = cell.firstFree
  return { from, to: Math.min(from + proposedMs, latestEnd(day, from)), awaitsEnd: true }
}

/** Moves the start by whole slots: the length stays if it fits, else the end stays. Undefined: neither is possible. */
export function moveStart(day: RoomDay, choice: Span, slots: number): Choice | undefined {
  const by = slots * day.slotMs
  const candidates = [
    { from: choice.from + by, to: choice.to + by },
    { from: choice.from + by, to: choice.to },
  ]
  const fitting = candidates.find((span) => canHold(day, span))
  return fitting ? { ...fitting, awaitsEnd: false } : undefined
}

/** Moves the end by whole slots; undefined when that is not possible. */
export function moveEnd(day: RoomDay, choice: Span, slots: number): Choice | undefined {
  const span = { from: choice.from, to: choice.to + slots * day.slotMs }
  return canHold(day, span) ? { ...span, awaitsEnd: false } : undefined
}
