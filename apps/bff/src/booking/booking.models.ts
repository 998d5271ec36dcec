import type { BookingStatus } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { RoomModel } from '../room/room.model'
import type { UserModel } from '../user/user.models'

export class BookingModel extends Model<InferAttributes<BookingModel>, InferCreationAttributes<BookingModel>> {
  declare id: string
  declare roomId: string
  declare title: string
  declare note: string | null
  declare organizerId: string
  declare createdBy: string
  /** Whole minutes since 1970 UTC. */
  declare startMinute: number
  declare endMinute: number
  declare status: BookingStatus
  declare version: number
  declare cancelReason: CreationOptional<string | null>
  declare cancelledBy: CreationOptional<string | null>
  declare cancelledAt: CreationOptional<Date | null>
  declare createdAt: Date
  declare updatedAt: Date
  declare room?: NonAttribute<RoomModel>
  declare organizer?: NonAttribute<UserModel>
  declare attendees?: NonAttribute<AttendeeModel[]>
}

export class AttendeeModel extends Model<InferAttributes<AttendeeModel>, InferCreationAttributes<AttendeeModel>> {
  declare bookingId: string
  declare userId: string
  declare user?: NonAttribute<UserModel>
}

export class RoomSlotModel extends Model<InferAttributes<RoomSlotModel>, InferCreationAttributes<RoomSlotModel>> {
  declare roomId: string
  declare slotNo: number
  declare bookingId: string
}

export class IdempotencyKeyModel extends Model<
  InferAttributes<IdempotencyKeyModel>,
  InferCreationAttributes<IdempotencyKeyModel>
> {
  declare userId: string
  declare key: string
  declare fingerprint: string
  declare response: CreationOptional<string | null>
  declare createdAt: Date
}

export function initBookingModels(sequelize: Sequelize): void {
  const id = DataTypes.STRING(36)
  BookingModel.init(
    {
      id: { type: id, primaryKey: true },
      roomId: id,
      title: DataTypes.STRING(200),
      note: DataTypes.TEXT,
      organizerId: id,
      createdBy: id,
      startMinute: DataTypes.INTEGER,
      endMinute: DataTypes.INTEGER,
      status: DataTypes.STRING(16),
      version: DataTypes.INTEGER,
      cancelReason: DataTypes.STRING(400),
      cancelledBy: id,
      cancelledAt: DataTypes.DATE(3),
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    // `version` is ours: Sequelize's own optimistic locking would count it a second time.
    { sequelize, tableName: 'bookings', modelName: 'booking', version: false },
  )
  AttendeeModel.init(
    { bookingId: { type: id, primaryKey: true }, userId: { type: id, primaryKey: true } },
    { sequelize, tableName: 'booking_attendees', modelName: 'attendee' },
  )
  RoomSlotModel.init(
    { roomId: { type: id, primaryKey: true }, slotNo: { type: DataTypes.INTEGER, primaryKey: true }, bookingId: id },
    { sequelize, tableName: 'room_slots', modelName: 'roomSlot' },
  )
  IdempotencyKeyModel.init(
    {
      userId: { type: id, primaryKey: true },
      key: { type: DataTypes.STRING(128), primaryKey: true },
      fingerprint: DataTypes.STRING(64),
      response: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'idempotency_keys', modelName: 'idempotencyKey' },
  )
}
