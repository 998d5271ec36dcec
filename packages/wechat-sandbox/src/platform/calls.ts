import { type CallRecord } from './events'

/** Older calls are forgotten beyond this many. */
const kept = 10_000

export class Calls {
  #calls: CallRecord[] = []

  add(call: CallRecord): void {
    this.#calls.push(call)
    if (this.#calls.length > kept * 2) this.#calls = this.#calls.slice(-kept)
  }

  /** Newest last. */
  list(path?: string): CallRecord[] {
    const recent = this.#calls.slice(-kept)
    return path === undefined ? recent : recent.filter((call) => call.path === path)
  }
}
