import type { Clock } from '../../src/clock'

const start = Date.parse('2026-11-23T02:00:00.000Z')

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  private ms = start

  now(): Date {
    return new Date(this.ms)
  }

  advance(seconds: number): void {
    this.ms += seconds * 1000
  }

  /** Back to where every test begins. */
  reset(): void {
    this.ms = start
  }
}
