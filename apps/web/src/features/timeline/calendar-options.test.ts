import { describe, expect, it } from 'vitest'
import { aBooking } from '@/features/booking/booking-fixtures'
import { eventOf, relationOf, shownHours } from './calendar-options'

const zone = 'Asia/Shanghai'
const morning = Date.parse('2026-11-23T00:00:00Z')

describe('a booking in the calendar', () => {
  it('lies at the organisation’s wall clock', () => {
    expect(eventOf(aBooking(), 'u1', zone, morning)).toMatchObject({
      id: 'b1',
      resourceId: 'r1',
      start: '2026-11-23T10:00:00',
      end: '2026-11-23T11:00:00',
    })
  })

  it('moves only for those who may change it, and only until it is over', () => {
    const movable = { startEditable: true, durationEditable: true }
    const fixed = { startEditable: false, durationEditable: false }
    expect(eventOf(aBooking(), 'u1', zone, morning)).toMatchObject(movable)
    expect(eventOf(aBooking({ canEdit: false }), 'u1', zone, morning)).toMatchObject(fixed)
    expect(eventOf(aBooking(), 'u1', zone, Date.parse('2026-11-23T03:00:00Z'))).toMatchObject(fixed)
  })

  it('says what it is to the person who looks', () => {
    expect(relationOf(aBooking(), 'u1')).toBe('mine')
    expect(relationOf(aBooking(), 'u2')).toBe('invited')
    expect(relationOf(aBooking(), 'u3')).toBe('others')
  })
})

describe('the hours in sight', () => {
  it('are working hours, widened for a booking outside of them', () => {
    const early = aBooking({ startsAt: '2026-11-22T21:30:00Z', endsAt: '2026-11-22T22:00:00Z' })
    expect(shownHours([aBooking()], '2026-11-23', zone)).toEqual({ from: 7, to: 22 })
    expect(shownHours([aBooking(), early], '2026-11-23', zone)).toEqual({ from: 5, to: 22 })
  })

  it('include the hour that is running, at night as well', () => {
    expect(shownHours([], '2026-11-23', zone, 23)).toEqual({ from: 7, to: 24 })
    expect(shownHours([], '2026-11-23', zone, 5)).toEqual({ from: 5, to: 22 })
  })

  it('reach midnight for a booking that goes on into the next day', () => {
    const night = aBooking({ startsAt: '2026-11-23T14:00:00Z', endsAt: '2026-11-23T18:00:00Z' })
    expect(shownHours([night], '2026-11-23', zone)).toEqual({ from: 7, to: 24 })
  })
})
