import type { BookingModel } from './booking.models'
import { can, type Actor } from '../session/actor'

/** Who may change or cancel a booking: whoever holds it or made it, and those who manage bookings. */
export function mayEdit(actor: Actor, booking: Pick<BookingModel, 'organizerId' | 'createdBy'>): boolean {
  return booking.organizerId === actor.userId || booking.createdBy === actor.userId || can(actor, 'booking:manage')
}

/** Who may see what became of somebody's message: they themselves, and those who may change the booking. */
export function maySeeDelivery(
  actor: Actor,
  booking: Pick<BookingModel, 'organizerId' | 'createdBy'>,
  recipientId: string,
): boolean {
  return recipientId === actor.userId || mayEdit(actor, booking) || can(actor, 'notification:read')
}
