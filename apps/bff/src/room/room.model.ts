import type { RoomStatus } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize'

export class RoomModel extends Model<InferAttributes<RoomModel>, InferCreationAttributes<RoomModel>> {
  declare id: string
  declare name: string
  declare buildingId: CreationOptional<string | null>
  declare location: string
  declare capacity: number
  /** JSON list of dictionary codes. */
  declare equipment: string
  declare status: RoomStatus
  declare sort: number
}

export function initRoomModel(sequelize: Sequelize): void {
  RoomModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      name: DataTypes.STRING(100),
      buildingId: { type: DataTypes.STRING(36), defaultValue: null },
      location: DataTypes.STRING(200),
      capacity: DataTypes.INTEGER,
      equipment: DataTypes.TEXT,
      status: DataTypes.STRING(16),
      sort: DataTypes.INTEGER,
    },
    { sequelize, tableName: 'rooms', modelName: 'room' },
  )
}
