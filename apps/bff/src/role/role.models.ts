import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { BuildingModel } from '../room/building.model'
import type { DepartmentModel } from '../user/user.models'

export class RoleModel extends Model<InferAttributes<RoleModel>, InferCreationAttributes<RoleModel>> {
  declare id: string
  declare name: string
  /** Unique, compared without case. */
  declare nameKey: string
  declare description: string
  declare builtIn: CreationOptional<boolean>
  /** JSON list; empty for built-in roles, whose permissions are the product's. */
  declare permissions: string
  declare createdAt: Date
  declare updatedAt: Date
}

export class RoleAssignmentModel extends Model<
  InferAttributes<RoleAssignmentModel>,
  InferCreationAttributes<RoleAssignmentModel>
> {
  declare userId: string
  declare roleId: string
  /** Empty: everywhere; else `building:` or `department:` with the id. */
  declare scopeKey: CreationOptional<string>
  declare buildingId: CreationOptional<string | null>
  declare departmentId: CreationOptional<string | null>
  declare role?: NonAttribute<RoleModel>
  declare building?: NonAttribute<BuildingModel | null>
  declare department?: NonAttribute<DepartmentModel | null>
}

export function initRoleModels(sequelize: Sequelize): void {
  const id = DataTypes.STRING(36)
  RoleModel.init(
    {
      id: { type: id, primaryKey: true },
      name: DataTypes.STRING(50),
      nameKey: DataTypes.STRING(50),
      description: DataTypes.STRING(200),
      builtIn: { type: DataTypes.BOOLEAN, defaultValue: false },
      permissions: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'roles', modelName: 'role' },
  )
  RoleAssignmentModel.init(
    {
      userId: { type: id, primaryKey: true },
      roleId: { type: id, primaryKey: true },
      scopeKey: { type: DataTypes.STRING(48), primaryKey: true, defaultValue: '' },
      buildingId: { type: id, defaultValue: null },
      departmentId: { type: id, defaultValue: null },
    },
    { sequelize, tableName: 'role_assignments', modelName: 'roleAssignment' },
  )
}
