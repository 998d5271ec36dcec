import { DataTypes, Model, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize'

export class BuildingModel extends Model<InferAttributes<BuildingModel>, InferCreationAttributes<BuildingModel>> {
  declare id: string
  declare name: string
  declare sort: number
}

export function initBuildingModel(sequelize: Sequelize): void {
  BuildingModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      name: DataTypes.STRING(100),
      sort: DataTypes.INTEGER,
    },
    { sequelize, tableName: 'buildings', modelName: 'building' },
  )
}
