import type { Sequelize } from 'sequelize'
import { AuditModel, initAuditModels } from '../audit/audit.models'
import { AttendeeModel, BookingModel, initBookingModels } from '../booking/booking.models'
import { initIdentityModel } from '../identity/identity.model'
import { ImportModel, initImportModels } from '../import/import.models'
import { initLoginLogModel, LoginLogModel } from '../login-log/login-log.models'
import { initNotificationModels, NotificationModel } from '../notification/notification.models'
import { initRoleModels, RoleAssignmentModel, RoleModel } from '../role/role.models'
import { BuildingModel, initBuildingModel } from '../room/building.model'
import { initRoomModel, RoomModel } from '../room/room.model'
import { initSessionModels, SessionModel, SessionTokenModel } from '../session/session.models'
import { initSubscriptionModels } from '../subscription/subscription.models'
import { initTemplateModel } from '../template/template.model'
import { DepartmentModel, initUserModels, UserModel } from '../user/user.models'
import { initWechatTokenModel } from '../wechat/wechat-token.model'

/** Binds every model to the connection and says how they hang together. */
export function initModels(sequelize: Sequelize): void {
  initBuildingModel(sequelize)
  initUserModels(sequelize)
  initRoleModels(sequelize)
  initIdentityModel(sequelize)
  initSessionModels(sequelize)
  initRoomModel(sequelize)
  initBookingModels(sequelize)
  initNotificationModels(sequelize)
  initTemplateModel(sequelize)
  initSubscriptionModels(sequelize)
  initWechatTokenModel(sequelize)
  initAuditModels(sequelize)
  initLoginLogModel(sequelize)
  initImportModels(sequelize)

  UserModel.belongsTo(DepartmentModel, { as: 'department', foreignKey: 'departmentId' })
  UserModel.hasMany(RoleAssignmentModel, { as: 'roles', foreignKey: 'userId' })
  RoleAssignmentModel.belongsTo(RoleModel, { as: 'role', foreignKey: 'roleId' })
  RoleAssignmentModel.belongsTo(BuildingModel, { as: 'building', foreignKey: 'buildingId' })
  RoleAssignmentModel.belongsTo(DepartmentModel, { as: 'department', foreignKey: 'departmentId' })

  SessionTokenModel.belongsTo(SessionModel, { as: 'session', foreignKey: 'sessionId' })
  SessionModel.belongsTo(UserModel, { as: 'user', foreignKey: 'userId' })

  BookingModel.belongsTo(RoomModel, { as: 'room', foreignKey: 'roomId' })
  BookingModel.belongsTo(UserModel, { as: 'organizer', foreignKey: 'organizerId' })
  BookingModel.hasMany(AttendeeModel, { as: 'attendees', foreignKey: 'bookingId' })
  AttendeeModel.belongsTo(UserModel, { as: 'user', foreignKey: 'userId' })

  NotificationModel.belongsTo(BookingModel, { as: 'booking', foreignKey: 'bookingId' })
  NotificationModel.belongsTo(UserModel, { as: 'recipient', foreignKey: 'recipientId' })

  // The logs outlive what they tell about.
  LoginLogModel.belongsTo(UserModel, { as: 'user', foreignKey: 'userId', constraints: false })
  ImportModel.belongsTo(UserModel, { as: 'creator', foreignKey: 'createdBy' })
  AuditModel.belongsTo(UserModel, { as: 'actor', foreignKey: 'actorId', constraints: false })
}
