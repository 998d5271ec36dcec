import { describe, expect, it } from 'vitest'
import {
  canHold,
  cellMinutesFor,
  cells,
  mainHours,
  moveEnd,
  moveStart,
  roomDay,
  tap,
  type Choice,
} from './slot-picking'

const zone = 'Asia/Shanghai'
const dateKey = '2026-11-23'
const at = (time: string) => Date.parse(`${dateKey}T${time}:00+08:00`)
const span = (from: string, to: string) => ({ from: at(from), to: at(to) })
const meetings = [span('10:00', '11:00'), span('14:15', '15:00')]
const dayBefore = Date.parse('2026-11-22T12:00:00+08:00')

function day(now = dayBefore, busy = meetings) {
  return roomDay(dateKey, zone, 15, now, busy)
}

/** Taps rows by their starting time. */
function taps(theDay: ReturnType<typeof day>, ...times: string[]): Choice | undefined {
  const rows = cells(theDay, theDay, 30)
  return times.reduce<Choice | undefined>((choice, time) => {
    const cell = rows.find(({ from }) => from === at(time))
    if (!cell) throw new Error(`no row at ${time}`)
    return tap(theDay, choice, cell)
  }, undefined)
}

describe('the rows of a day', () => {
  it('cover it, and tell free, taken and past apart', () => {
    const rows = cells(day(at('09:10')), day(), 30)
    expect(rows).toHaveLength(48)
    const stateAt = (time: string) => rows.find(({ from }) => from === at(time))?.state
    expect([stateAt('08:30'), stateAt('09:00'), stateAt('10:00'), stateAt('10:30'), stateAt('11:00')]).toEqual([
      'past',
      'free',
      'busy',
      'busy',
      'free',
    ])
  })

  it('that are partly taken still offer the free part', () => {
    const row = cells(day(), day(), 30).find(({ from }) => from === at('14:00'))
    expect(row).toMatchObject({ state: 'free', firstFree: at('14:00') })
  })

  it('stand for whole slots and are never too small for a finger', () => {
    expect([5, 15, 20, 30, 60].map(cellMinutesFor)).toEqual([30, 30, 40, 30, 60])
  })

  it('begin with the running hour today, and with the office day otherwise', () => {
    expect(mainHours(day(), dateKey, zone)).toEqual(span('07:00', '21:00'))
    expect(mainHours(day(at('13:20')), dateKey, zone)).toEqual(span('13:00', '21:00'))
    expect(mainHours(day(dayBefore, [span('05:30', '06:00'), span('21:00', '22:10')]), dateKey, zone)).toEqual(
      span('05:00', '23:00'),
    )
    expect(mainHours(day(at('23:40')), dateKey, zone)).toEqual({ from: at('23:00'), to: at('23:00') + 3_600_000 })
  })
})

describe('tapping', () => {
  it('first sets the start and proposes an hour, then sets the end', () => {
    expect(taps(day(), '11:30')).toEqual({ ...span('11:30', '12:30'), awaitsEnd: true })
    expect(taps(day(), '11:30', '13:00')).toEqual({ ...span('11:30', '13:30'), awaitsEnd: false })
  })

  it('the same row twice takes just that row', () => {
    expect(taps(day(), '11:30', '11:30')).toEqual({ ...span('11:30', '12:00'), awaitsEnd: false })
  })

  it('proposes no more than is free', () => {
    expect(taps(day(), '09:30')).toMatchObject(span('09:30', '10:00'))
    expect(taps(day(), '13:30')).toMatchObject(span('13:30', '14:15'))
  })

  it('ends where the next meeting begins, when the row is shared with it', () => {
    expect(taps(day(), '13:00', '14:00')).toMatchObject(span('13:00', '14:15'))
  })

  it('beyond a meeting, or before the start, begins anew', () => {
    expect(taps(day(), '09:00', '11:00')).toEqual({ ...span('11:00', '12:00'), awaitsEnd: true })
    expect(taps(day(), '12:00', '08:00')).toMatchObject({ from: at('08:00'), awaitsEnd: true })
  })

  it('a taken row changes nothing', () => {
    expect(taps(day(), '10:00')).toBeUndefined()
    expect(taps(day(), '12:00', '10:30')).toMatchObject(span('12:00', '13:00'))
  })

  it('the running slot can be taken on the spot', () => {
    expect(taps(day(at('09:10')), '09:00')).toMatchObject({ from: at('09:00') })
    expect(canHold(day(at('09:20')), span('09:00', '09:30'))).toBe(false)
  })
})

describe('stepping', () => {
  it('moves the whole meeting while it fits, then only the start', () => {
    expect(moveStart(day(), span('12:00', '13:00'), 1)).toMatchObject(span('12:15', '13:15'))
    expect(moveStart(day(), span('13:15', '14:15'), 1)).toMatchObject(span('13:30', '14:15'))
    expect(moveStart(day(), span('11:00', '12:00'), -1)).toBeUndefined()
  })

  it('moves the end as far as the room is free and a slot is left', () => {
    expect(moveEnd(day(), span('13:30', '14:00'), 1)).toMatchObject(span('13:30', '14:15'))
    expect(moveEnd(day(), span('13:30', '14:15'), 1)).toBeUndefined()
    expect(moveEnd(day(), span('12:00', '12:15'), -1)).toBeUndefined()
  })

  it('does not leave the day', () => {
    expect(moveEnd(day(), { from: at('23:00'), to: day().to }, 1)).toBeUndefined()
  })
})
