import { describe, expect, it } from 'vitest'
import { endOptions, startOptions } from './time-options'

describe('starts to choose from', () => {
  it('lie on the grid of the day, with those that have passed marked', () => {
    const earliest = Date.parse('2026-11-23T02:00:00Z')
    const options = startOptions('2026-11-23', 30, 'Asia/Shanghai', earliest, '')
    expect(options).toHaveLength(48)
    expect(options.find(({ value }) => value === '09:30')?.past).toBe(true)
    expect(options.find(({ value }) => value === '10:00')?.past).toBe(false)
  })

  it('leave out the hour that summer time skips', () => {
    const values = startOptions('2026-03-08', 30, 'America/New_York', 0, '').map(({ value }) => value)
    expect(values).not.toContain('02:00')
    expect(values).not.toContain('02:30')
    expect(values).toContain('03:00')
  })

  it('keep the time a booking has, although the grid has changed since', () => {
    const values = startOptions('2026-11-23', 30, 'Asia/Shanghai', 0, '10:05').map(({ value }) => value)
    expect(values.slice(values.indexOf('10:00'), values.indexOf('10:30') + 1)).toEqual(['10:00', '10:05', '10:30'])
  })
})

describe('ends to choose from', () => {
  const start = Date.parse('2026-11-23T14:00:00Z')

  it('come after the start, and say when they are on the next day', () => {
    const options = endOptions(start, 15, 'Asia/Shanghai', 60)
    expect(options[0]).toEqual({ minutes: 15, time: '22:15', nextDay: false })
    expect(options.find(({ minutes }) => minutes === 120)).toEqual({ minutes: 120, time: '00:00', nextDay: true })
    expect(options.at(-1)?.minutes).toBe(24 * 60)
  })

  it('keep the length a booking has', () => {
    expect(endOptions(start, 30, 'Asia/Shanghai', 50).map(({ minutes }) => minutes)).toContain(50)
  })

  it('follow the clocks through a change of summer time', () => {
    // 01:00 in New York on the day when 02:00 becomes 03:00: an hour later it is 03:00.
    const options = endOptions(Date.parse('2026-03-08T06:00:00Z'), 60, 'America/New_York', 60)
    expect(options[0]?.time).toBe('03:00')
  })
})
