import { DataTypes, type ModelAttributeColumnOptions, type QueryInterface } from 'sequelize'

type Column = ModelAttributeColumnOptions

/**
 * Creates a table whose texts are compared byte by byte, as SQLite does it: the same rule everywhere keeps one code
 * path true on both, and openids differ by case.
 */
export async function createTable(
  schema: QueryInterface,
  name: string,
  columns: Readonly<Record<string, Column>>,
): Promise<void> {
  await schema.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' })
}

/** UUIDv7 as text: grows with time, so new rows land at the end of the index. */
export const idColumn: Column = { type: DataTypes.STRING(36), allowNull: false, primaryKey: true }

/** UTC with milliseconds. */
export const instantColumn: Column = { type: DataTypes.DATE(3), allowNull: false }

export function text(length: number, options: Partial<Column> = {}): Column {
  return { type: DataTypes.STRING(length), allowNull: false, ...options }
}

export function integer(options: Partial<Column> = {}): Column {
  return { type: DataTypes.INTEGER, allowNull: false, ...options }
}

export function nullable(column: Column): Column {
  return { ...column, allowNull: true }
}

export function reference(table: string, options: Partial<Column> = {}): Column {
  return {
    type: DataTypes.STRING(36),
    allowNull: false,
    references: { model: table, key: 'id' },
    onDelete: 'RESTRICT',
    ...options,
  }
}
