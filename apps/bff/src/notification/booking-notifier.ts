import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { NotificationRepository } from './notification.repository'
import { WakeSignal } from './wake-signal'

/** What bookings tell the notification side: rows inside the transaction, a nudge after its commit. */
@scoped(Lifecycle.ContainerScoped)
export class BookingNotifier {
  constructor(
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(WakeSignal) private readonly signal: WakeSignal,
  ) {}

  /** Queues the invitation for everybody named. */
  async bookingCreated(
    booking: { bookingId: string; version: number; recipientIds: readonly string[] },
    tx: Tx,
  ): Promise<void> {
    if (booking.recipientIds.length === 0) return
    await this.notifications.enqueue(
      booking.recipientIds.map((recipientId) => ({
        event: 'BOOKING_CREATED',
        bookingId: booking.bookingId,
        bookingVersion: booking.version,
        recipientId,
      })),
      tx,
    )
  }

  /** Call it after the commit. A lost nudge costs seconds, not messages: the worker also looks by itself. */
  wake(): void {
    this.signal.raise()
  }
}
