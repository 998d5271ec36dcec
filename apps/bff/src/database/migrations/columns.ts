import { DataTypes, type ModelAttributeColumnOptions, type QueryInterface } from 'sequelize'

type Column = ModelAttributeColumnOptions

/**
 * Creates a table, unless it is there, whose texts are compared with their case and accents, as SQLite does it: the
 * same rule everywhere keeps one code path true on both, and openids differ by case.
 */
export async function createTable(
  schema: QueryInterface,
  name: string,
  columns: Readonly<Record<string, Column>>,
): Promise<void> {
  await schema.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' })
}

/** Adds an index unless it is there: a migration that was interrupted goes on where it stopped. */
export async function addIndex(
  schema: QueryInterface,
  table: string,
  fields: string[],
  options: { name: string; unique?: boolean },
): Promise<void> {
  const present = (await schema.showIndex(table)) as { name: string }[]
  if (!present.some(({ name }) => name === options.name)) await schema.addIndex(table, fields, options)
}

/** Adds a column unless it is there, for the same reason. */
export async function addColumn(schema: QueryInterface, table: string, name: string, column: Column): Promise<void> {
  if (!(name in (await schema.describeTable(table)))) await schema.addColumn(table, name, column)
}

/** Removes columns; for SQLite Sequelize would make the whole table anew, which what refers to it forbids. */
export async function dropColumns(schema: QueryInterface, table: string, names: readonly string[]): Promise<void> {
  for (const name of names)
    if (schema.sequelize.getDialect() === 'sqlite')
      await schema.sequelize.query(`ALTER TABLE ${table} DROP COLUMN ${name}`)
    else await schema.removeColumn(table, name)
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
