import { describe, expect, it } from 'vitest'
import {
  dayText,
  hoursOnDay,
  instantOfWallText,
  intervalOf,
  isDateKey,
  movedBy,
  offsetTextAt,
  resizedBy,
  shiftDate,
  timeRangeText,
  wallSpanOf,
  wallTextAt,
} from './org-time'

const shanghai = 'Asia/Shanghai'
const newYork = 'America/New_York'
const at = (iso: string) => Date.parse(iso)
const span = (startsAt: string, endsAt: string) => ({ startsAt, endsAt })

describe('what the organisation’s clocks show', () => {
  it('does not depend on the zone of the browser', () => {
    expect(wallTextAt(at('2026-11-23T01:00:00Z'), shanghai)).toBe('2026-11-23T09:00:00')
    expect(wallTextAt(at('2026-11-23T01:00:00Z'), newYork)).toBe('2026-11-22T20:00:00')
    // 02:30 is skipped in New York that day, and must not be in Shanghai.
    expect(wallTextAt(at('2026-03-07T18:30:00Z'), shanghai)).toBe('2026-03-08T02:30:00')
  })

  it.each([shanghai, newYork, 'UTC', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'comes back to the same instant in %s, around the year',
    (zone) => {
      for (let ms = at('2026-01-01T00:00:00Z'); ms < at('2027-01-01T00:00:00Z'); ms += 11 * 3_600_000 + 900_000) {
        const back = instantOfWallText(wallTextAt(ms, zone), zone)
        // The repeated hour of autumn is read as its first occurrence.
        expect([0, 3_600_000]).toContain(ms - back)
        expect(wallTextAt(back, zone)).toBe(wallTextAt(ms, zone))
      }
    },
  )

  it('says how far ahead of UTC they are, summer and winter', () => {
    expect(offsetTextAt(at('2026-07-01T00:00:00Z'), newYork)).toBe('-04:00')
    expect(offsetTextAt(at('2026-12-01T00:00:00Z'), newYork)).toBe('-05:00')
    expect(offsetTextAt(at('2026-12-01T00:00:00Z'), 'Asia/Kolkata')).toBe('+05:30')
  })
})

describe('a booking on the wall-clock grid', () => {
  it('keeps its length in the hour that clocks repeat', () => {
    // 01:30 summer time until 01:15 winter time: 45 minutes.
    const booking = span('2026-11-01T05:30:00Z', '2026-11-01T06:15:00Z')
    expect(wallSpanOf(booking, newYork)).toEqual({ start: '2026-11-01T01:30:00', end: '2026-11-01T02:15:00' })
  })

  it('dragged by two hours starts two hours later on the wall and lasts as long', () => {
    const booking = span('2026-11-23T01:00:00.000Z', '2026-11-23T02:30:00.000Z')
    expect(movedBy(booking, 7200, shanghai)).toEqual(span('2026-11-23T03:00:00.000Z', '2026-11-23T04:30:00.000Z'))
  })

  it('dragged across the change to summer time keeps its real length', () => {
    // From 00:30 to 03:30 on the day when 02:00 becomes 03:00.
    const booking = span('2026-03-08T05:30:00.000Z', '2026-03-08T06:30:00.000Z')
    expect(movedBy(booking, 3 * 3600, newYork)).toEqual(span('2026-03-08T07:30:00.000Z', '2026-03-08T08:30:00.000Z'))
  })

  it('resized keeps its start', () => {
    const booking = span('2026-11-23T01:00:00.000Z', '2026-11-23T02:00:00.000Z')
    expect(resizedBy(booking, -1800, shanghai)).toEqual(span('2026-11-23T01:00:00.000Z', '2026-11-23T01:30:00.000Z'))
    expect(resizedBy(booking, 0, shanghai)).toEqual(booking)
  })

  it('covers whole hours of each day it touches', () => {
    const overnight = span('2026-11-23T14:30:00Z', '2026-11-23T17:15:00Z')
    expect(hoursOnDay(overnight, '2026-11-23', shanghai)).toEqual({ from: 22, to: 24 })
    expect(hoursOnDay(overnight, '2026-11-24', shanghai)).toEqual({ from: 0, to: 2 })
  })
})

describe('days', () => {
  it('move across months, leap days and summer time', () => {
    expect(shiftDate('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftDate('2028-03-01', -1)).toBe('2028-02-29')
    expect(shiftDate('2026-03-08', 1)).toBe('2026-03-09')
  })

  it('from an address are only believed when they exist', () => {
    expect(isDateKey('2026-11-23')).toBe(true)
    for (const wrong of ['2026-02-30', '2026-1-1', 'today', '', undefined, ['2026-11-23']])
      expect(isDateKey(wrong)).toBe(false)
  })

  it('are told in words in both languages', () => {
    expect(dayText('2026-11-23', 'zh-CN')).toBe('11月23日周一')
    expect(dayText('2026-11-23', 'en', true)).toBe('Mon, Nov 23, 2026')
  })
})

it('a range names the day of an end that is on another day', () => {
  const short = intervalOf(at('2026-11-23T02:00:00Z'), at('2026-11-23T03:30:00Z'))
  expect(timeRangeText(short, shanghai, 'en')).toBe('10:00–11:30')
  expect(timeRangeText(span('2026-11-23T15:00:00Z', '2026-11-23T17:00:00Z'), shanghai, 'en')).toBe(
    '23:00–Tue, Nov 24 01:00',
  )
})
