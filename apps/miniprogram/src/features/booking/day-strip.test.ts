import { describe, expect, it } from 'vitest'
import { dayStrip } from './day-strip'

describe('the days to choose from', () => {
  it('start with the organisation’s today, which may be tomorrow on the phone', () => {
    const lateInLondon = Date.parse('2026-11-22T16:30:00Z')
    expect(dayStrip(lateInLondon, 'Asia/Shanghai', 3)).toEqual([
      { key: '2026-11-23', month: 11, day: 23, weekday: 1, isToday: true },
      { key: '2026-11-24', month: 11, day: 24, weekday: 2, isToday: false },
      { key: '2026-11-25', month: 11, day: 25, weekday: 3, isToday: false },
    ])
    expect(dayStrip(lateInLondon, 'America/New_York', 1)[0]?.key).toBe('2026-11-22')
  })

  it('are all different across a change of clocks and the end of a year', () => {
    const keys = dayStrip(Date.parse('2026-10-24T12:00:00Z'), 'Europe/Berlin', 4).map(({ key }) => key)
    expect(keys).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27'])
    const newYear = dayStrip(Date.parse('2026-12-31T03:00:00Z'), 'Asia/Shanghai', 2).map(({ key }) => key)
    expect(newYear).toEqual(['2026-12-31', '2027-01-01'])
  })
})
