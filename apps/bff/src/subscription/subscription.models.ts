import type { SubscriptionResult } from '@huiyue/contracts'
import { DataTypes, Model, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize'

export class SubscriptionGrantModel extends Model<
  InferAttributes<SubscriptionGrantModel>,
  InferCreationAttributes<SubscriptionGrantModel>
> {
  declare id: string
  declare userId: string
  declare templateId: string
  declare result: SubscriptionResult
  declare requestId: string
  declare at: Date
}

export class SubscriptionBalanceModel extends Model<
  InferAttributes<SubscriptionBalanceModel>,
  InferCreationAttributes<SubscriptionBalanceModel>
> {
  declare userId: string
  declare templateId: string
  declare remaining: number
  declare lastResult: SubscriptionResult | null
  declare updatedAt: Date
}

export function initSubscriptionModels(sequelize: Sequelize): void {
  const id = DataTypes.STRING(36)
  SubscriptionGrantModel.init(
    {
      id: { type: id, primaryKey: true },
      userId: id,
      templateId: DataTypes.STRING(64),
      result: DataTypes.STRING(24),
      requestId: DataTypes.STRING(64),
      at: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'subscription_grants', modelName: 'subscriptionGrant' },
  )
  SubscriptionBalanceModel.init(
    {
      userId: { type: id, primaryKey: true },
      templateId: { type: DataTypes.STRING(64), primaryKey: true },
      remaining: DataTypes.INTEGER,
      lastResult: DataTypes.STRING(24),
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'subscription_balances', modelName: 'subscriptionBalance' },
  )
}
