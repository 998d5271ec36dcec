import * as z from 'zod/mini'
import { id, idListQuery, instant } from './common'
import { maxRangeDays } from './booking-rules'
import { timeRange } from './time-range'

export const roomStatuses = ['open', 'closed'] as const
export const roomStatus = z.enum(roomStatuses)
export type RoomStatus = z.infer<typeof roomStatus>

export const room = z.object({
  id,
  name: z.string(),
  buildingId: z.nullable(id),
  /** Where it is, in words: building and floor. */
  location: z.string(),
  capacity: z.int(),
  /** Codes of the dictionary `equipment`. */
  equipment: z.array(z.string()),
  status: roomStatus,
})
export type Room = z.infer<typeof room>

export const availabilityQuery = timeRange(
  { from: instant, to: instant, roomIds: z.optional(idListQuery) },
  'from',
  'to',
  maxRangeDays,
)

/** When a room is taken, in order of time and without overlaps. */
export const roomAvailability = z.object({
  roomId: id,
  busy: z.array(z.object({ bookingId: id, startsAt: instant, endsAt: instant })),
})
export type RoomAvailability = z.infer<typeof roomAvailability>
