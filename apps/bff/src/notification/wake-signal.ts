import { singleton } from 'tsyringe'

/** Tells the worker of this process that there is something to do. */
@singleton()
export class WakeSignal {
  private listener: (() => void) | null = null

  listen(listener: () => void): void {
    this.listener = listener
  }

  raise(): void {
    this.listener?.()
  }
}
