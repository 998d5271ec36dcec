import type { ClientId, LoginMethod } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { UserModel } from '../user/user.models'

export class SessionModel extends Model<InferAttributes<SessionModel>, InferCreationAttributes<SessionModel>> {
  declare id: string
  declare userId: string
  declare clientId: ClientId
  declare method: LoginMethod
  declare device: string
  declare address: string
  declare place: CreationOptional<string | null>
  declare createdAt: Date
  declare lastSeenAt: Date
  /** When it ends unless it is refreshed before. */
  declare idleEndsAt: Date
  declare endsAt: Date
  declare revokedAt: CreationOptional<Date | null>
  declare revokedReason: CreationOptional<string | null>
  declare user?: NonAttribute<UserModel>
}

export class SessionTokenModel extends Model<
  InferAttributes<SessionTokenModel>,
  InferCreationAttributes<SessionTokenModel>
> {
  declare hash: string
  declare sessionId: string
  declare kind: 'access' | 'refresh'
  declare generation: number
  declare expiresAt: Date
  declare usedAt: CreationOptional<Date | null>
  /** When another pair took the place of this one, which never arrived. */
  declare supersededAt: CreationOptional<Date | null>
  declare session?: NonAttribute<SessionModel>
}

export function initSessionModels(sequelize: Sequelize): void {
  SessionModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      userId: DataTypes.STRING(36),
      clientId: DataTypes.STRING(32),
      method: DataTypes.STRING(16),
      device: DataTypes.STRING(120),
      address: DataTypes.STRING(45),
      place: { type: DataTypes.STRING(100), defaultValue: null },
      createdAt: DataTypes.DATE(3),
      lastSeenAt: DataTypes.DATE(3),
      idleEndsAt: DataTypes.DATE(3),
      endsAt: DataTypes.DATE(3),
      revokedAt: DataTypes.DATE(3),
      revokedReason: DataTypes.STRING(32),
    },
    { sequelize, tableName: 'sessions', modelName: 'session' },
  )
  SessionTokenModel.init(
    {
      hash: { type: DataTypes.STRING(64), primaryKey: true },
      sessionId: DataTypes.STRING(36),
      kind: DataTypes.STRING(8),
      generation: DataTypes.INTEGER,
      expiresAt: DataTypes.DATE(3),
      usedAt: DataTypes.DATE(3),
      supersededAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'session_tokens', modelName: 'sessionToken' },
  )
}
