import type { NotificationEvent, NotificationReason, NotificationState } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { BookingModel } from '../booking/booking.models'
import type { UserModel } from '../user/user.models'

export class NotificationModel extends Model<
  InferAttributes<NotificationModel>,
  InferCreationAttributes<NotificationModel>
> {
  declare id: string
  declare event: NotificationEvent
  declare bookingId: string
  declare bookingVersion: number
  declare recipientId: string
  declare channel: 'wechat'
  declare dedupeKey: string
  declare state: NotificationState
  declare reason: CreationOptional<NotificationReason | null>
  declare dueAt: Date | null
  declare leasedBy: CreationOptional<string | null>
  declare attempts: CreationOptional<number>
  declare errcode: CreationOptional<number | null>
  declare errmsg: CreationOptional<string | null>
  declare rid: CreationOptional<string | null>
  declare msgid: CreationOptional<string | null>
  declare data: CreationOptional<string | null>
  declare createdAt: Date
  declare sentAt: CreationOptional<Date | null>
  declare updatedAt: Date
  declare booking?: NonAttribute<BookingModel>
  declare recipient?: NonAttribute<UserModel>
}

export class NotificationAttemptModel extends Model<
  InferAttributes<NotificationAttemptModel>,
  InferCreationAttributes<NotificationAttemptModel>
> {
  declare id: string
  declare notificationId: string
  declare errcode: number | null
  declare errmsg: string | null
  declare rid: string | null
  declare msgid: string | null
  declare durationMs: number
  declare at: Date
}

export function initNotificationModels(sequelize: Sequelize): void {
  const id = DataTypes.STRING(36)
  NotificationModel.init(
    {
      id: { type: id, primaryKey: true },
      event: DataTypes.STRING(64),
      bookingId: id,
      bookingVersion: DataTypes.INTEGER,
      recipientId: id,
      channel: DataTypes.STRING(16),
      dedupeKey: DataTypes.STRING(191),
      state: DataTypes.STRING(16),
      reason: DataTypes.STRING(32),
      dueAt: DataTypes.DATE(3),
      leasedBy: id,
      attempts: { type: DataTypes.INTEGER, defaultValue: 0 },
      errcode: DataTypes.INTEGER,
      errmsg: DataTypes.STRING(500),
      rid: DataTypes.STRING(64),
      msgid: DataTypes.STRING(32),
      data: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
      sentAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'notifications', modelName: 'notification' },
  )
  NotificationAttemptModel.init(
    {
      id: { type: id, primaryKey: true },
      notificationId: id,
      errcode: DataTypes.INTEGER,
      errmsg: DataTypes.STRING(500),
      rid: DataTypes.STRING(64),
      msgid: DataTypes.STRING(32),
      durationMs: DataTypes.INTEGER,
      at: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'notification_attempts', modelName: 'notificationAttempt' },
  )
}
