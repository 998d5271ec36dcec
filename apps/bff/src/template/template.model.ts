import type { MiniprogramState, NotificationTemplate, TemplateCode } from '@huiyue/contracts'
import { DataTypes, Model, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize'

export class TemplateModel extends Model<InferAttributes<TemplateModel>, InferCreationAttributes<TemplateModel>> {
  declare code: TemplateCode
  declare templateId: string
  declare page: string
  declare lang: NotificationTemplate['lang']
  declare miniprogramState: MiniprogramState
  /** JSON list of `{ keyword, source }`. */
  declare fields: string
  declare updatedAt: Date
}

export function initTemplateModel(sequelize: Sequelize): void {
  TemplateModel.init(
    {
      code: { type: DataTypes.STRING(64), primaryKey: true },
      templateId: DataTypes.STRING(64),
      page: DataTypes.STRING(256),
      lang: DataTypes.STRING(8),
      miniprogramState: DataTypes.STRING(16),
      fields: DataTypes.TEXT,
      updatedAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'notification_templates', modelName: 'template' },
  )
}
