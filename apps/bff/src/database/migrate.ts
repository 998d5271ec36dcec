import Libsql from 'libsql'
import { QueryTypes, type Sequelize } from 'sequelize'
import { SequelizeStorage, Umzug } from 'umzug'
import type { DatabaseConfig } from '../config/config'
import type { Logger } from '../logging/logger'
import { isPassingConflict } from './database-errors'
import { migrations } from './migrations'

const lockWaitSeconds = 60

/** The migrator, for the start and for tests that go up and down again. */
export function createMigrator(sequelize: Sequelize, logger?: Logger): Umzug {
  const schema = sequelize.getQueryInterface()
  return new Umzug({
    migrations: Object.entries(migrations).map(([name, migration]) => ({
      name,
      up: () => migration.up(schema),
      down: () => migration.down(schema),
    })),
    storage: new SequelizeStorage({ sequelize, tableName: 'schema_migrations' }),
    logger: logger && {
      info: (event) => logger.info(event, 'migration'),
      warn: (event) => logger.warn(event, 'migration'),
      error: (event) => logger.error(event, 'migration'),
      debug: () => undefined,
    },
  })
}

/** Brings the schema up to date; processes that start together take turns. */
export async function migrate(sequelize: Sequelize, config: DatabaseConfig, logger: Logger): Promise<void> {
  const migrator = createMigrator(sequelize, logger)
  const unlock = config.dialect === 'sqlite' ? await lockFile(`${config.file}.migrating`) : await lockServer(sequelize)
  try {
    await migrator.up()
  } finally {
    await unlock()
  }
}

/** SQLite: an empty second database serves as a lock that the system releases when a process dies. */
async function lockFile(file: string): Promise<() => Promise<void>> {
  const handle = new Libsql(file)
  for (let tenths = 0; ; tenths++) {
    try {
      handle.exec('BEGIN EXCLUSIVE')
      break
    } catch (error) {
      if (!isPassingConflict(error) || tenths === lockWaitSeconds * 10) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return async () => {
    handle.exec('COMMIT')
    handle.close()
  }
}

/** MySQL, MariaDB: a named lock on a connection of its own, because it belongs to the connection. */
async function lockServer(sequelize: Sequelize): Promise<() => Promise<void>> {
  const transaction = await sequelize.transaction()
  const name = `huiyue:${sequelize.config.database}`.slice(0, 64)
  const [row] = await sequelize.query<{ locked: number | null }>('SELECT GET_LOCK(:name, :seconds) AS locked', {
    type: QueryTypes.SELECT,
    replacements: { name, seconds: lockWaitSeconds },
    transaction,
  })
  if (row?.locked !== 1) {
    await transaction.rollback()
    throw new Error(`Another process has been migrating the database for ${lockWaitSeconds} seconds`)
  }
  return async () => {
    await sequelize.query('SELECT RELEASE_LOCK(:name)', {
      type: QueryTypes.SELECT,
      replacements: { name },
      transaction,
    })
    await transaction.commit()
  }
}
