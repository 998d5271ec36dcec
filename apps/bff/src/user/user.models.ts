import type { Locale, Role } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'

export class DepartmentModel extends Model<InferAttributes<DepartmentModel>, InferCreationAttributes<DepartmentModel>> {
  declare id: string
  declare parentId: CreationOptional<string | null>
  declare name: string
  declare sort: number
}

export type UserStatus = 'active' | 'disabled'

export class UserModel extends Model<InferAttributes<UserModel>, InferCreationAttributes<UserModel>> {
  declare id: string
  declare username: string
  declare usernameKey: string
  declare name: string
  declare searchKey: string
  declare passwordHash: string
  declare departmentId: string | null
  declare locale: Locale
  declare status: UserStatus
  declare createdAt: Date
  declare updatedAt: Date
  declare department?: NonAttribute<DepartmentModel | null>
  declare roles?: NonAttribute<UserRoleModel[]>
}

export class UserRoleModel extends Model<InferAttributes<UserRoleModel>, InferCreationAttributes<UserRoleModel>> {
  declare userId: string
  declare role: Role
}

export function initUserModels(sequelize: Sequelize): void {
  const id = { type: DataTypes.STRING(36), primaryKey: true }
  DepartmentModel.init(
    { id, parentId: DataTypes.STRING(36), name: DataTypes.STRING(100), sort: DataTypes.INTEGER },
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
      status: DataTypes.STRING(16),
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'users', modelName: 'user' },
  )
  UserRoleModel.init(
    {
      userId: { type: DataTypes.STRING(36), primaryKey: true },
      role: { type: DataTypes.STRING(32), primaryKey: true },
    },
    { sequelize, tableName: 'user_roles', modelName: 'userRole' },
  )
}
