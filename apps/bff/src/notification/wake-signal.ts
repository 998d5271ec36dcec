import { Lifecycle, scoped } from 'tsyringe'

/** Tells the worker of this process that there is something to do. */
@scoped(Lifecycle.ContainerScoped)
export class WakeSignal {
  private listener: (() => void) | null = null

  listen(listener: () => void): void {
    this.listener = listener
  }

  raise(): void {
    this.listener?.()
  }
}
