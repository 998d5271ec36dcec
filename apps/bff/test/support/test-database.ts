import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import type { DatabaseConfig } from '../../src/config/config'

/** Where the tests find MariaDB or MySQL; the user must be allowed to create databases. */
export const serverUrl = process.env.MARIADB_URL ?? 'mysql://root@127.0.0.1:3306'

export interface TestDatabase {
  config: DatabaseConfig
  /** The same as `DATABASE_URL` would name it. */
  url: string
  drop(): Promise<void>
}

/** An empty database of the kind this run is about, for one test file alone. */
export async function createTestDatabase(kind = process.env.TEST_DATABASE): Promise<TestDatabase> {
  if (kind !== 'mariadb') {
    const dir = mkdtempSync(join(tmpdir(), 'huiyue-test-'))
    const file = join(dir, 'huiyue.sqlite')
    return {
      config: { dialect: 'sqlite', file },
      url: `sqlite:${file}`,
      drop: async () => rmSync(dir, { recursive: true, force: true }),
    }
  }
  const name = `huiyue_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const server = async (sql: string) => {
    const connection = await createConnection(serverUrl)
    await connection.query(sql).finally(() => connection.end())
  }
  await server(`CREATE DATABASE ${name}`)
  const url = `${serverUrl.replace(/\/+$/, '')}/${name}`
  return { config: { dialect: 'mysql', url }, url, drop: () => server(`DROP DATABASE ${name}`) }
}
