/** The only source of "now": tests move it instead of waiting. */
export interface Clock {
  now(): Date
}

/** DI token of the clock. */
export const ClockToken = Symbol('Clock')

export const systemClock: Clock = { now: () => new Date() }
