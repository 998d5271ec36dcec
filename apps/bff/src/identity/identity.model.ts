import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize'

/** Where else a person is known: today only WeChat mini programs (`subject` is the openid). */
export class IdentityModel extends Model<InferAttributes<IdentityModel>, InferCreationAttributes<IdentityModel>> {
  declare id: string
  declare userId: string
  declare provider: 'wx_mp'
  declare appId: string
  declare subject: string
  declare boundAt: Date
  /** The code alone does not log in before the password was given again. */
  declare passwordNeeded: CreationOptional<boolean>
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
      passwordNeeded: { type: DataTypes.BOOLEAN, defaultValue: false },
    },
    { sequelize, tableName: 'user_identities', modelName: 'identity' },
  )
}
