import { describe, expect, it } from 'vitest'
import { dateKeyAt, instantOf, offsetMinutesAt, startOfDay, timeAt, wallClockAt } from './zoned-time'

const iso = (ms: number) => new Date(ms).toISOString()
const wall = (year: number, month: number, day: number, hour = 0, minute = 0) => ({ year, month, day, hour, minute })

describe('a wall clock', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-23T02:00:00Z', 480, '2026-11-23', '10:00'],
    ['Asia/Kathmandu', '2026-11-23T18:30:00Z', 345, '2026-11-24', '00:15'],
    ['America/New_York', '2026-07-01T03:59:00Z', -240, '2026-06-30', '23:59'],
    ['America/New_York', '2026-12-01T04:59:00Z', -300, '2026-11-30', '23:59'],
    ['UTC', '2026-01-01T00:00:00Z', 0, '2026-01-01', '00:00'],
  ])('in %s at %s', (zone, instant, offset, date, time) => {
    const ms = Date.parse(instant)
    expect([offsetMinutesAt(ms, zone), dateKeyAt(ms, zone), timeAt(ms, zone)]).toEqual([offset, date, time])
    expect(instantOf(wallClockAt(ms, zone), zone)).toBe(ms)
  })

  it('that summer time skips is read as the time after the gap', () => {
    expect(iso(instantOf(wall(2026, 3, 8, 2, 30), 'America/New_York'))).toBe('2026-03-08T07:30:00.000Z')
  })

  it('that occurs twice is the first of the two', () => {
    expect(iso(instantOf(wall(2026, 11, 1, 1, 30), 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z')
  })

  it('comes back unchanged for every quarter hour of a year, in zones with and without summer time', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 15 * 60_000) {
        const back = instantOf(wallClockAt(ms, zone), zone)
        // In the repeated hour of autumn the earlier instant is the right answer.
        if (back !== ms) expect(wallClockAt(back, zone)).toEqual(wallClockAt(ms, zone))
      }
    }
  })

  it('of a zone the engine does not know falls back to the device', () => {
    expect(offsetMinutesAt(0, 'Mars/Base')).toBe(-new Date(0).getTimezoneOffset())
  })
})

describe('days', () => {
  it.each([
    ['2026-11-23', 0, '2026-11-22T16:00:00.000Z'],
    ['2026-11-30', 1, '2026-11-30T16:00:00.000Z'],
    ['2026-12-31', 1, '2026-12-31T16:00:00.000Z'],
    ['2026-03-01', -1, '2026-02-27T16:00:00.000Z'],
  ])('%s plus %i begins at %s in Shanghai', (date, plus, expected) => {
    expect(iso(startOfDay(date, 'Asia/Shanghai', plus))).toBe(expected)
  })

  it('have 23 and 25 hours when the clocks change', () => {
    const hours = (date: string) =>
      (startOfDay(date, 'America/New_York', 1) - startOfDay(date, 'America/New_York')) / 3_600_000
    expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-06-01')]).toEqual([23, 25, 24])
  })
})
