import { dateKeyAt, timeAt } from '@huiyue/contracts'
import { instantOfWallText } from '@/shared/org-time'

export interface StartOption {
  /** `09:00`. */
  value: string
  past: boolean
}

const pad = (value: number) => String(value).padStart(2, '0')

/** Starts on the grid of that day, those before `earliestMs` marked; `current` is offered even when off the grid. */
export function startOptions(
  date: string,
  slotMinutes: number,
  timeZone: string,
  earliestMs: number,
  current: string,
): StartOption[] {
  const times = new Set<string>(current ? [current] : [])
  for (let minute = 0; minute < 24 * 60; minute += slotMinutes)
    times.add(`${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`)
  return [...times]
    .sort()
    .map((value) => ({ value, ms: instantOfWallText(`${date}T${value}`, timeZone) }))
    .filter(({ value, ms }) => value === current || timeAt(ms, timeZone) === value)
    .map(({ value, ms }) => ({ value, past: ms < earliestMs }))
}

export interface EndOption {
  minutes: number
  /** `10:30`. */
  time: string
  nextDay: boolean
}

const fineUntil = 8 * 60
const longest = 24 * 60

/** Ends after that start: every slot for the working day, then every hour. `current` is always among them. */
export function endOptions(startMs: number, slotMinutes: number, timeZone: string, current: number): EndOption[] {
  const lengths = new Set<number>(current > 0 ? [current] : [])
  for (let minutes = slotMinutes; minutes <= longest; minutes += slotMinutes)
    if (minutes <= fineUntil || minutes % 60 === 0) lengths.add(minutes)
  const day = dateKeyAt(startMs, timeZone)
  return [...lengths]
    .sort((a, b) => a - b)
    .map((minutes) => {
      const endMs = startMs + minutes * 60_000
      return { minutes, time: timeAt(endMs, timeZone), nextDay: dateKeyAt(endMs, timeZone) !== day }
    })
}
