import { canAt, type Actor } from '../session/actor'
import type { BookingModel } from './booking.models'

/** A booking with its room and organiser loaded, which say where it belongs. */
type Placed = Pick<BookingModel, 'organizerId' | 'createdBy' | 'room' | 'organizer'>

/** Whoever it is for, whoever made it, and those who manage its building or its organiser's department. */
export function mayEdit(actor: Actor, booking: Placed): boolean {
  return (
    booking.organizerId === actor.userId ||
    booking.createdBy === actor.userId ||
    canAt(actor, 'booking:manage', placeOf(booking))
  )
}

/** Who may see what became of somebody's message: they themselves, and those who may change the booking. */
export function maySeeDelivery(actor: Actor, booking: Placed, recipientId: string): boolean {
  return recipientId === actor.userId || mayEdit(actor, booking) || canAt(actor, 'notification:read', placeOf(booking))
}

/** Booking in somebody else's name: anybody's for a building's rooms, or for people of a department in any room. */
export function mayBookFor(
  actor: Actor,
  room: { buildingId: string | null },
  organizer: { departmentId: string | null },
): boolean {
  return canAt(actor, 'booking:create-for-others', {
    buildingId: room.buildingId,
    departmentId: organizer.departmentId,
  })
}

function placeOf({ room, organizer }: Placed) {
  return { buildingId: room?.buildingId, departmentId: organizer?.departmentId }
}
