import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { QueryTypes, Sequelize, type Options } from 'sequelize'
import type { DatabaseConfig } from '../config/config'
import { closeIdleHandles, libsqlDialect } from './libsql-dialect'

/** DI token of the connection; only repositories and the transaction runner ask for it. */
export const SequelizeToken = Symbol('Sequelize')

const common: Options = {
  logging: false,
  timezone: '+00:00',
  define: { underscored: true, timestamps: false },
}

interface MysqlConnection {
  promise(): { query(sql: string): Promise<unknown> }
}

export function connectDatabase(config: DatabaseConfig): Sequelize {
  if (config.dialect === 'sqlite') {
    mkdirSync(dirname(config.file), { recursive: true })
    return new Sequelize({ ...common, dialect: 'sqlite', storage: config.file, dialectModule: libsqlDialect })
  }
  const sequelize = new Sequelize(config.url, {
    ...common,
    dialect: 'mysql',
    dialectOptions: { charset: 'utf8mb4', connectTimeout: 5000 },
    pool: { max: 12, min: 0, acquire: 15_000, idle: 30_000 },
  })
  // Once per connection: asking for the isolation level per transaction costs a round trip each time.
  sequelize.addHook('afterConnect', async (connection: unknown) => {
    const session = (connection as MysqlConnection).promise()
    await session.query(
      "SET SESSION innodb_lock_wait_timeout = 5, SESSION time_zone = '+00:00', SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
    )
    await session.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  })
  return sequelize
}

/** @throws when a connection does not have the isolation that the booking path is proven for. */
export async function assertIsolation(sequelize: Sequelize): Promise<void> {
  if (sequelize.getDialect() !== 'mysql') return
  // MariaDB before 11.1 and MySQL 8 have different names for it.
  const rows = await sequelize.query<{ Variable_name: string; Value: string }>(
    "SHOW SESSION VARIABLES WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')",
    { type: QueryTypes.SELECT },
  )
  const level = rows[0]?.Value
  if (level !== 'READ-COMMITTED') throw new Error(`The database connection runs at ${level}, not at READ-COMMITTED`)
}

export async function closeDatabase(sequelize: Sequelize, config: DatabaseConfig): Promise<void> {
  await sequelize.close()
  if (config.dialect === 'sqlite') closeIdleHandles(config.file)
}
