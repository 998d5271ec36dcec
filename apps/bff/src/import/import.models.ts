import type { ImportFailure, ImportKind, ImportRowAction, ImportState } from '@huiyue/contracts'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { CsvEncoding } from '../csv/csv-reader'
import type { UserModel } from '../user/user.models'

export class ImportModel extends Model<InferAttributes<ImportModel>, InferCreationAttributes<ImportModel>> {
  declare id: string
  declare kind: ImportKind
  declare fileName: string
  declare encoding: CsvEncoding
  declare state: ImportState
  declare failure: CreationOptional<ImportFailure | null>
  /** JSON: faults of the file as a whole. */
  declare issues: string
  declare rowCount: CreationOptional<number>
  declare createCount: CreationOptional<number>
  declare updateCount: CreationOptional<number>
  declare unchangedCount: CreationOptional<number>
  declare faultyCount: CreationOptional<number>
  declare done: CreationOptional<number>
  declare total: CreationOptional<number>
  /** SHA-256 of the key that the new people's passwords are derived from. */
  declare passwordKeyHash: CreationOptional<string | null>
  declare createdBy: string
  declare createdAt: Date
  declare appliedAt: CreationOptional<Date | null>
  /** Renewed by the process that applies it. */
  declare heartbeatAt: CreationOptional<Date | null>
  declare creator?: NonAttribute<UserModel>
}

export class ImportRowModel extends Model<InferAttributes<ImportRowModel>, InferCreationAttributes<ImportRowModel>> {
  declare importId: string
  declare line: number
  declare action: ImportRowAction
  declare key: string
  /** JSON: what the row says. */
  declare data: string
  /** JSON: what that changes, and what is wrong with it. */
  declare changes: string
  declare issues: string
  /** The account or department that it creates or changes. */
  declare targetId: string | null
}

export function initImportModels(sequelize: Sequelize): void {
  // A new object for each column: Sequelize writes into them.
  const count = () => ({ type: DataTypes.INTEGER, defaultValue: 0 })
  ImportModel.init(
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      kind: DataTypes.STRING(16),
      fileName: DataTypes.STRING(200),
      encoding: DataTypes.STRING(16),
      state: DataTypes.STRING(16),
      failure: DataTypes.STRING(32),
      issues: DataTypes.TEXT,
      rowCount: count(),
      createCount: count(),
      updateCount: count(),
      unchangedCount: count(),
      faultyCount: count(),
      done: count(),
      total: count(),
      passwordKeyHash: DataTypes.STRING(64),
      createdBy: DataTypes.STRING(36),
      createdAt: DataTypes.DATE(3),
      appliedAt: DataTypes.DATE(3),
      heartbeatAt: DataTypes.DATE(3),
    },
    { sequelize, tableName: 'imports', modelName: 'import' },
  )
  ImportRowModel.init(
    {
      importId: { type: DataTypes.STRING(36), primaryKey: true },
      line: { type: DataTypes.INTEGER, primaryKey: true },
      action: DataTypes.STRING(16),
      key: DataTypes.STRING(1200),
      data: DataTypes.TEXT,
      changes: DataTypes.TEXT,
      issues: DataTypes.TEXT,
      targetId: DataTypes.STRING(36),
    },
    { sequelize, tableName: 'import_rows', modelName: 'importRow' },
  )
}
