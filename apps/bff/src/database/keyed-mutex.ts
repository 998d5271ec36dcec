/**
 * First come, first served exclusion per key inside this process. It keeps callers from queueing in the database
 * (where waiting means deadlocks and held connections); the database's own constraint stays the truth.
 */
export class KeyedMutex {
  private readonly tails = new Map<string, Promise<void>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const previous = this.tails.get(key) ?? Promise.resolve()
    const result = previous.then(work)
    const tail = result.then(
      () => undefined,
      () => undefined,
    )
    this.tails.set(key, tail)
    try {
      return await result
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key)
    }
  }

  /** Takes several keys in one fixed order, so that two callers with the same keys cannot wait for each other. */
  async runAll<T>(keys: Iterable<string>, work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = [...new Set(keys)].sort()
    if (first === undefined) return work()
    return this.run(first, () => this.runAll(rest, work))
  }
}
