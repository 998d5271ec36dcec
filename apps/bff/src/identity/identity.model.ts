import { DataTypes, Model, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize'

/** Where else a person is known: today only WeChat mini programs (`subject` is the openid). */
export class IdentityModel extends Model<InferAttributes<IdentityModel>, InferCreationAttributes<IdentityModel>> {
  declare id: string
  declare userId: string
  declare provider: 'wx_mp'
  declare appId: string
  declare subject: string
  declare boundAt: Date
}

export function initIdentityModel(sequelize: Sequelize): void {
  IdentityModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      userId: DataTypes.STRING(36),
      provider: DataTypes.STRING(16),
      appId: DataTypes.STRING(64),
      subject: DataTypes.STRING(128),
      boundAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'user_identities', modelName: 'identity' },
  )
}
