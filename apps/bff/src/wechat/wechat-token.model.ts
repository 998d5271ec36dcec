import { DataTypes, Model, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize'

export class WechatTokenModel extends Model<
  InferAttributes<WechatTokenModel>,
  InferCreationAttributes<WechatTokenModel>
> {
  declare appId: string
  declare accessToken: string | null
  declare expiresAt: Date | null
  declare leasedBy: string | null
  declare leasedUntil: Date | null
}

export function initWechatTokenModel(sequelize: Sequelize): void {
  WechatTokenModel.init(
    {
      appId: { type: DataTypes.STRING(64), primaryKey: true },
      accessToken: DataTypes.STRING(1024),
      expiresAt: DataTypes.DATE(3),
      leasedBy: DataTypes.STRING(36),
      leasedUntil: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'wechat_tokens', modelName: 'wechatToken' },
  )
}
