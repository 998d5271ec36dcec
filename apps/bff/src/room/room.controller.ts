import type { OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { BookingRepository } from '../booking/booking.repository'
import { rangeOf } from '../booking/booking-time'
import type { Call } from '../http/call'
import { presentAvailability, presentRoom } from './room.presenter'
import { RoomRepository } from './room.repository'

@scoped(Lifecycle.ContainerScoped)
export class RoomController {
  constructor(
    @inject(RoomRepository) private readonly rooms: RoomRepository,
    @inject(BookingRepository) private readonly bookings: BookingRepository,
  ) {}

  async list(): Promise<OperationResponse<'listRooms'>> {
    const rooms = await this.rooms.findAll()
    return { items: rooms.map(presentRoom), total: rooms.length }
  }

  async buildings(): Promise<OperationResponse<'listBuildings'>> {
    const buildings = await this.rooms.findBuildings()
    return { items: buildings.map(({ id, name }) => ({ id, name })), total: buildings.length }
  }

  async availability({ query }: Call<'getAvailability'>): Promise<OperationResponse<'getAvailability'>> {
    const known = (await this.rooms.findAll()).map((room) => room.id)
    const roomIds = query.roomIds ? known.filter((id) => query.roomIds?.includes(id)) : known
    const busy = await this.bookings.findBusyTimes(roomIds, rangeOf(query.from, query.to))
    const items = presentAvailability(roomIds, busy)
    return { items, total: items.length }
  }
}
