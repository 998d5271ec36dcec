/** The sandbox's own time: the host's plus whatever was advanced by hand. */
export class Clock {
  #offsetMs = 0

  /** @param base milliseconds since 1970 */
  constructor(private readonly base: () => number = Date.now) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.base() + this.#offsetMs
  }

  /** Whole seconds this clock is ahead of the host's. */
  get offsetSeconds(): number {
    return this.#offsetMs / 1000
  }

  advance(seconds: number): void {
    this.#offsetMs += seconds * 1000
  }

  reset(): void {
    this.#offsetMs = 0
  }
}
