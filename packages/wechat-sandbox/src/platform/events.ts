/** Something on the phones or in the log changed; listeners read the new state themselves. */
export type SandboxEvent =
  | { type: 'phone'; userId: number }
  | { type: 'call'; call: CallRecord }
  | { type: 'faults' }
  | { type: 'clock' }
  | { type: 'reset' }

/** One call WeChat's side received. Never holds a query, a body or anything from them. */
export interface CallRecord {
  /** ISO-8601 UTC, by the sandbox's clock. */
  at: string
  method: string
  path: string
  /** null: the connection was dropped without an answer. */
  status: number | null
  /** null: the answer was no WeChat answer (a dropped connection, a raw body). */
  errcode: number | null
  rid: string | null
  durationMs: number
}

type Listener = (event: SandboxEvent) => void

export class Events {
  readonly #listeners = new Set<Listener>()

  emit(event: SandboxEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** @returns how to stop listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
