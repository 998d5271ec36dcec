import type { ClientId, LoginMethod, LoginOutcome, LoginReason } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { UserModel } from '../user/user.models'

export class LoginLogModel extends Model<InferAttributes<LoginLogModel>, InferCreationAttributes<LoginLogModel>> {
  declare id: string
  declare at: Date
  declare userId: string | null
  declare username: string
  declare clientId: ClientId
  declare method: LoginMethod
  declare result: LoginOutcome
  declare reason: LoginReason | null
  declare device: string
  declare address: string
  declare place: string | null
  declare requestId: string
  declare user?: NonAttribute<UserModel | null>
}

export function initLoginLogModel(sequelize: Sequelize): void {
  LoginLogModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      at: DataTypes.DATE(3),
      userId: DataTypes.STRING(36),
      username: DataTypes.STRING(64),
      clientId: DataTypes.STRING(32),
      method: DataTypes.STRING(16),
      result: DataTypes.STRING(16),
      reason: DataTypes.STRING(32),
      device: DataTypes.STRING(120),
      address: DataTypes.STRING(45),
      place: DataTypes.STRING(100),
      requestId: DataTypes.STRING(36),
    },
    { sequelize, tableName: 'login_log', modelName: 'loginEntry' },
  )
}
