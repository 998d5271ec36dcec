/** What goes wrong in the next calls of one path. */
export interface FaultInput {
  path: string
  times: number
  errcode?: number | undefined
  errmsg?: string | undefined
  httpStatus?: number | undefined
  delayMs?: number | undefined
  drop?: boolean | undefined
  body?: string | undefined
}

export interface Fault extends FaultInput {
  id: number
  /** Calls it still applies to. */
  left: number
}

/** Faults of a path apply one after the other, in the order they were set. */
export class Faults {
  #faults: Fault[] = []
  #lastId = 0

  add(input: FaultInput): Fault {
    const fault: Fault = { id: ++this.#lastId, ...input, left: input.times }
    this.#faults.push(fault)
    return fault
  }

  take(path: string): Fault | undefined {
    const fault = this.#faults.find((candidate) => candidate.path === path)
    if (!fault) return undefined
    fault.left -= 1
    if (fault.left === 0) this.#faults = this.#faults.filter((candidate) => candidate !== fault)
    return fault
  }

  clear(): void {
    this.#faults = []
  }

  list(): readonly Fault[] {
    return this.#faults
  }
}
