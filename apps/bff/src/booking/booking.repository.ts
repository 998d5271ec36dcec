import { maxBookingMinutes, slotGrainMinutes } from '@huiyue/contracts'
import { literal, Op, type Includeable, type Sequelize, type WhereOptions } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { isUniqueViolation } from '../database/database-errors'
import { SequelizeToken } from '../database/sequelize'
import type { Tx } from '../database/transaction-runner'
import { RoomModel } from '../room/room.model'
import { UserModel } from '../user/user.models'
import { slotsOf, type MinuteRange } from './booking-time'
import { AttendeeModel, BookingModel, RoomSlotModel } from './booking.models'

/** Somebody else holds one of the slots; thrown inside the transaction so that it rolls back. */
export class SlotTakenError extends Error {}

export interface BusyTime extends MinuteRange {
  roomId: string
  bookingId: string
}

export type NewBooking = Pick<
  BookingModel,
  'id' | 'roomId' | 'title' | 'note' | 'organizerId' | 'createdBy' | 'startMinute' | 'endMinute' | 'createdAt'
>

const person = { model: UserModel, attributes: ['id', 'name'] }
const everything: Includeable[] = [
  { model: RoomModel, as: 'room', required: true },
  { model: UserModel, attributes: ['id', 'name', 'departmentId'], as: 'organizer', required: true },
  // A query of its own: joined, every booking would come once per attendee, and a limit would count those.
  { model: AttendeeModel, as: 'attendees', separate: true, include: [{ ...person, as: 'user', required: true }] },
]

@scoped(Lifecycle.ContainerScoped)
export class BookingRepository {
  constructor(@inject(SequelizeToken) private readonly sequelize: Sequelize) {}

  async insert(booking: NewBooking, tx: Tx): Promise<void> {
    await BookingModel.create(
      { ...booking, status: 'confirmed', version: 1, updatedAt: booking.createdAt },
      { transaction: tx },
    )
  }

  /**
   * Takes the slots of a room for a booking. The primary key (room, slot) is what makes a double booking impossible:
   * every path that makes a booking active comes through here.
   * @throws {SlotTakenError} when any of them is taken
   */
  async claimSlots(roomId: string, range: MinuteRange, bookingId: string, tx: Tx): Promise<void> {
    try {
      await RoomSlotModel.bulkCreate(
        slotsOf(range).map((slotNo) => ({ roomId, slotNo, bookingId })),
        { transaction: tx },
      )
    } catch (error) {
      if (isUniqueViolation(error)) throw new SlotTakenError()
      throw error
    }
  }

  async releaseSlots(booking: Pick<BookingModel, 'id' | 'roomId'> & MinuteRange, tx: Tx): Promise<void> {
    const slots = slotsOf(booking)
    await RoomSlotModel.destroy({
      where: {
        roomId: booking.roomId,
        slotNo: { [Op.between]: [slots[0] ?? 0, slots.at(-1) ?? 0] },
        bookingId: booking.id,
      },
      transaction: tx,
    })
  }

  async insertAttendees(bookingId: string, userIds: readonly string[], tx: Tx): Promise<void> {
    await AttendeeModel.bulkCreate(
      userIds.map((userId) => ({ bookingId, userId })),
      { transaction: tx },
    )
  }

  async deleteAttendees(bookingId: string, userIds: readonly string[], tx: Tx): Promise<void> {
    if (userIds.length > 0) await AttendeeModel.destroy({ where: { bookingId, userId: [...userIds] }, transaction: tx })
  }

  /** The row as it stands now, locked until the transaction ends. */
  async lock(id: string, tx: Tx): Promise<BookingModel | null> {
    const booking = await BookingModel.findByPk(id, { transaction: tx, lock: tx.LOCK.UPDATE })
    if (booking) booking.attendees = await AttendeeModel.findAll({ where: { bookingId: id }, transaction: tx })
    return booking
  }

  async update(id: string, changes: Partial<BookingModel>, tx: Tx): Promise<void> {
    await BookingModel.update(changes, { where: { id }, transaction: tx })
  }

  findById(id: string, tx?: Tx): Promise<BookingModel | null> {
    return BookingModel.findByPk(id, { include: everything, ...(tx ? { transaction: tx } : {}) })
  }

  /** Confirmed bookings of a room that overlap, in order of time. */
  findOverlapping(roomId: string, range: MinuteRange, exceptId?: string): Promise<BookingModel[]> {
    return BookingModel.findAll({
      where: {
        ...touching(range),
        roomId,
        status: 'confirmed',
        ...(exceptId ? { id: { [Op.ne]: exceptId } } : {}),
      },
      include: [{ ...person, as: 'organizer', required: true }],
      order: [['startMinute', 'ASC']],
    })
  }

  /** For grids: plain rows of whole minutes, in order of time. */
  async findBusyTimes(roomIds: readonly string[], range: MinuteRange): Promise<BusyTime[]> {
    if (roomIds.length === 0) return []
    const rows = await BookingModel.findAll({
      where: { ...touching(range), roomId: [...roomIds], status: 'confirmed' },
      attributes: ['id', 'roomId', 'startMinute', 'endMinute'],
      order: [['startMinute', 'ASC']],
      raw: true,
    })
    return rows.map(({ id, ...row }) => ({ ...row, bookingId: id }))
  }

  async findByRange(
    range: MinuteRange,
    filter: { involving?: string; roomId?: string; includeCancelled?: boolean; limit: number; offset: number },
  ): Promise<{ rows: BookingModel[]; count: number }> {
    const where: WhereOptions<BookingModel> = {
      ...touching(range),
      ...(filter.roomId ? { roomId: filter.roomId } : {}),
      ...(filter.includeCancelled ? {} : { status: 'confirmed' }),
      ...(filter.involving ? { [Op.or]: this.involves(filter.involving) } : {}),
    }
    const [count, rows] = await Promise.all([
      BookingModel.count({ where }),
      BookingModel.findAll({
        where,
        include: everything,
        order: [
          ['startMinute', 'ASC'],
          ['id', 'ASC'],
        ],
        limit: filter.limit,
        offset: filter.offset,
      }),
    ])
    return { rows, count }
  }

  /** Slots that are over protect nothing; the table stays as small as the future. */
  async deleteSlotsBefore(roomId: string, minute: number, tx: Tx): Promise<number> {
    return RoomSlotModel.destroy({
      where: { roomId, slotNo: { [Op.lt]: Math.floor(minute / slotGrainMinutes) } },
      transaction: tx,
    })
  }

  private involves(userId: string): WhereOptions<BookingModel>[] {
    const user = this.sequelize.escape(userId)
    return [
      { organizerId: userId },
      { id: { [Op.in]: literal(`(SELECT booking_id FROM booking_attendees WHERE user_id = ${user})`) } },
    ]
  }
}

/** Bounded on both sides: without the lower bound on the start, a room's whole past would be read each time. */
function touching({ startMinute, endMinute }: MinuteRange): WhereOptions<BookingModel> {
  return {
    startMinute: { [Op.lt]: endMinute, [Op.gt]: startMinute - maxBookingMinutes },
    endMinute: { [Op.gt]: startMinute },
  }
}
