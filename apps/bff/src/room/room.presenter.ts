import type { Room, RoomAvailability } from '@huiyue/contracts'
import type { BusyTime } from '../booking/booking.repository'
import { minuteToInstant } from '../booking/booking-time'
import type { RoomModel } from './room.model'

export function presentRoom(room: RoomModel): Room {
  return {
    id: room.id,
    name: room.name,
    buildingId: room.buildingId,
    location: room.location,
    capacity: room.capacity,
    equipment: JSON.parse(room.equipment) as string[],
    status: room.status,
  }
}

/** Every room that was asked for appears, the free ones with an empty list. */
export function presentAvailability(roomIds: readonly string[], busy: readonly BusyTime[]): RoomAvailability[] {
  const byRoom = new Map(roomIds.map((id): [string, RoomAvailability['busy']] => [id, []]))
  for (const { roomId, bookingId, startMinute, endMinute } of busy)
    byRoom.get(roomId)?.push({
      bookingId,
      startsAt: minuteToInstant(startMinute),
      endsAt: minuteToInstant(endMinute),
    })
  return [...byRoom].map(([roomId, times]) => ({ roomId, busy: times }))
}
