import type { AccountStatus, Locale } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { RoleAssignmentModel } from '../role/role.models'

export class DepartmentModel extends Model<InferAttributes<DepartmentModel>, InferCreationAttributes<DepartmentModel>> {
  declare id: string
  declare parentId: CreationOptional<string | null>
  declare name: string
  /** The parent's id, empty at the top, and the lower-case name: unique together. */
  declare parentKey: string
  declare nameKey: string
  declare sort: number
}

export class UserModel extends Model<InferAttributes<UserModel>, InferCreationAttributes<UserModel>> {
  declare id: string
  declare username: string
  declare usernameKey: string
  declare name: string
  declare searchKey: string
  declare passwordHash: string
  declare departmentId: string | null
  declare locale: Locale
  /** IANA name; null: the organisation's. */
  declare timeZone: CreationOptional<string | null>
  declare mobile: CreationOptional<string | null>
  declare email: CreationOptional<string | null>
  declare status: AccountStatus
  declare mustChangePassword: CreationOptional<boolean>
  /** A password given by somebody else is only good until then. */
  declare passwordExpiresAt: CreationOptional<Date | null>
  declare lastLoginAt: CreationOptional<Date | null>
  declare createdAt: Date
  declare updatedAt: Date
  declare department?: NonAttribute<DepartmentModel | null>
  declare roles?: NonAttribute<RoleAssignmentModel[]>
}

export function initUserModels(sequelize: Sequelize): void {
  const id = { type: DataTypes.STRING(36), primaryKey: true }
  DepartmentModel.init(
    {
      id,
      parentId: DataTypes.STRING(36),
      name: DataTypes.STRING(100),
      parentKey: DataTypes.STRING(36),
      nameKey: DataTypes.STRING(100),
      sort: DataTypes.INTEGER,
    },
    { sequelize, tableName: 'departments', modelName: 'department' },
  )
  UserModel.init(
    {
      id,
      username: DataTypes.STRING(64),
      usernameKey: DataTypes.STRING(64),
      name: DataTypes.STRING(100),
      searchKey: DataTypes.STRING(255),
      passwordHash: DataTypes.STRING(255),
      departmentId: DataTypes.STRING(36),
      locale: DataTypes.STRING(16),
      timeZone: { type: DataTypes.STRING(64), defaultValue: null },
      mobile: { type: DataTypes.STRING(20), defaultValue: null },
      email: { type: DataTypes.STRING(254), defaultValue: null },
      status: DataTypes.STRING(16),
      mustChangePassword: { type: DataTypes.BOOLEAN, defaultValue: false },
      passwordExpiresAt: { type: DataTypes.DATE(3), defaultValue: null },
      lastLoginAt: { type: DataTypes.DATE(3), defaultValue: null },
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'users', modelName: 'user' },
  )
}
