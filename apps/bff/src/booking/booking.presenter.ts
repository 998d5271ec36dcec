import type { Booking, BookingConflict, Delivery } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { IdentityRepository } from '../identity/identity.repository'
import { NotificationRepository } from '../notification/notification.repository'
import type { Tx } from '../database/transaction-runner'
import { can, type Actor } from '../session/actor'
import { minuteToInstant } from './booking-time'
import type { BookingModel } from './booking.models'
import { mayEdit, maySeeDelivery } from './booking.policy'

@scoped(Lifecycle.ContainerScoped)
export class BookingPresenter {
  constructor(
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
  ) {}

  /** @param bookings with room, organiser and attendees loaded */
  async present(bookings: readonly BookingModel[], actor: Actor, tx?: Tx): Promise<Booking[]> {
    const people = bookings.flatMap((booking) => (booking.attendees ?? []).map((attendee) => attendee.userId))
    const [bound, deliveries] = await Promise.all([
      this.identities.boundAmong(people, tx),
      this.notifications.latestDeliveries(
        bookings.map((booking) => booking.id),
        tx,
      ),
    ])
    return bookings.map((booking) => presentBooking(booking, actor, bound, deliveries))
  }
}

function presentBooking(
  booking: BookingModel,
  actor: Actor,
  bound: ReadonlySet<string>,
  deliveries: ReadonlyMap<string, Delivery>,
): Booking {
  const { room, organizer } = booking
  if (!room || !organizer) throw new Error('A booking is presented with its room and organiser loaded')
  return {
    id: booking.id,
    roomId: booking.roomId,
    room: { id: room.id, name: room.name, location: room.location },
    title: booking.title,
    note: booking.note,
    startsAt: minuteToInstant(booking.startMinute),
    endsAt: minuteToInstant(booking.endMinute),
    status: booking.status,
    organizer: { id: organizer.id, name: organizer.name },
    attendees: (booking.attendees ?? [])
      .map(({ userId, user }) => ({
        id: userId,
        name: user?.name ?? '',
        wechatBound: bound.has(userId),
        delivery: maySeeDelivery(actor, booking, userId) ? (deliveries.get(`${booking.id} ${userId}`) ?? null) : null,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
    version: booking.version,
    cancelReason: booking.cancelReason ?? null,
    cancelledAt: booking.cancelledAt?.toISOString() ?? null,
    canEdit: booking.status === 'confirmed' && can(actor, 'booking:create') && mayEdit(actor, booking),
    createdAt: booking.createdAt.toISOString(),
    updatedAt: booking.updatedAt.toISOString(),
  }
}

/** @param booking with its organiser loaded */
export function presentConflict(booking: BookingModel): BookingConflict {
  return {
    bookingId: booking.id,
    title: booking.title,
    startsAt: minuteToInstant(booking.startMinute),
    endsAt: minuteToInstant(booking.endMinute),
    organizer: { id: booking.organizerId, name: booking.organizer?.name ?? '' },
  }
}
