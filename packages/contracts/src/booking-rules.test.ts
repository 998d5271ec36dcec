import { describe, expect, it } from 'vitest'
import { earliestStart, isOnGrid, nextGridInstant, overlaps } from './booking-rules'

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`)
const span = (from: string, to: string) => ({ startsAt: `2026-11-23T${from}Z`, endsAt: `2026-11-23T${to}Z` })

describe('overlaps', () => {
  it.each([
    ['10:00:00', '11:00:00', true],
    ['10:30:00', '10:45:00', true],
    ['09:00:00', '10:01:00', true],
    ['09:00:00', '10:00:00', false],
    ['11:00:00', '12:00:00', false],
  ])('10–11 and %s–%s: %s', (from, to, expected) => {
    expect(overlaps(span('10:00:00', '11:00:00'), span(from, to))).toBe(expected)
    expect(overlaps(span(from, to), span('10:00:00', '11:00:00'))).toBe(expected)
  })
})

describe('the grid', () => {
  it.each([
    ['10:00:00', 15, 480, '10:00:00'],
    ['10:00:01', 15, 480, '10:15:00'],
    // Half hours on a clock that is 5:45 ahead fall on quarters of UTC.
    ['10:00:00', 30, 345, '10:15:00'],
    ['10:16:00', 60, 0, '11:00:00'],
  ])('after %s, every %i minutes at offset %i, is %s', (time, minutes, offset, expected) => {
    expect(nextGridInstant(at(time), minutes, offset)).toBe(at(expected))
  })

  it('knows what lies on it', () => {
    expect([isOnGrid(at('10:15:00'), 15, 480), isOnGrid(at('10:15:30'), 15, 480)]).toEqual([true, false])
  })

  it('lets a meeting start in the slot that is running, and not before', () => {
    expect(earliestStart(at('10:07:00'), 15, 480)).toBe(at('10:00:00'))
    expect(earliestStart(at('10:00:00'), 15, 480)).toBe(at('10:00:00'))
    expect(earliestStart(at('10:14:59'), 15, 480)).toBe(at('10:00:00'))
  })
})
