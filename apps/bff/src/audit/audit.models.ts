import type { AuditAction, AuditResource } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { UserModel } from '../user/user.models'

export class AuditModel extends Model<InferAttributes<AuditModel>, InferCreationAttributes<AuditModel>> {
  declare id: string
  declare at: Date
  /** Null: the system itself. */
  declare actorId: string | null
  declare action: AuditAction
  declare resource: AuditResource
  declare targetId: string
  declare targetName: string
  /** JSON objects of the fields that changed. */
  declare before: string | null
  declare after: string | null
  declare reason: string | null
  declare address: string | null
  declare requestId: string | null
  declare actor?: NonAttribute<UserModel | null>
}

/** Says whom an entry names beside its actor and, when that is an account, its target. */
export class AuditPersonModel extends Model<
  InferAttributes<AuditPersonModel>,
  InferCreationAttributes<AuditPersonModel>
> {
  declare auditId: string
  declare userId: string
}

export function initAuditModels(sequelize: Sequelize): void {
  AuditModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      at: DataTypes.DATE(3),
      actorId: DataTypes.STRING(36),
      action: DataTypes.STRING(48),
      resource: DataTypes.STRING(24),
      targetId: DataTypes.STRING(64),
      targetName: DataTypes.STRING(200),
      before: DataTypes.TEXT,
      after: DataTypes.TEXT,
      reason: DataTypes.STRING(400),
      address: DataTypes.STRING(45),
      requestId: DataTypes.STRING(36),
    },
    { sequelize, tableName: 'audit_log', modelName: 'auditEntry' },
  )
  AuditPersonModel.init(
    {
      auditId: { type: DataTypes.STRING(36), primaryKey: true },
      userId: { type: DataTypes.STRING(36), primaryKey: true },
    },
    { sequelize, tableName: 'audit_people', modelName: 'auditPerson' },
  )
}
