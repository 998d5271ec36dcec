import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, isAbsolute, join } from 'node:path'
import { messageOf, root } from './project.mjs'

/** Where the tests look for MariaDB unless `MARIADB_URL` says otherwise. */
export const mariadbUrl = process.env.MARIADB_URL || 'mysql://root@127.0.0.1:3306'

/** Where the tests look for Redis unless `REDIS_TEST_URL` says otherwise. */
export const redisUrl = process.env.REDIS_TEST_URL || 'redis://127.0.0.1:6379'

/**
 * @returns {string | undefined} the browser for the tests: `CHROMIUM_PATH`, or the first one that Linux, macOS or the
 *   PATH has
 */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return executable(process.env.CHROMIUM_PATH)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const places = [
    '/usr/bin/chromium',
    ...names,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  for (const place of places) {
    const found = executable(place)
    if (found) return found
  }
  return undefined
}

/** @param {string} name a path, or a name to look up on the PATH */
function executable(name) {
  const candidates = isAbsolute(name) ? [name] : (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name))
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * @returns {Promise<string | undefined>} why MariaDB cannot be used with what to do about it; undefined when it can
 */
export async function mariadbMissing() {
  const requireOfBff = createRequire(join(root, 'apps', 'bff', 'package.json'))
  const mysql = requireOfBff('mysql2/promise')
  try {
    const connection = await mysql.createConnection({ uri: mariadbUrl, connectTimeout: 5000 })
    await connection.query('SELECT 1')
    await connection.end()
    return undefined
  } catch (error) {
    const code = /** @type {{code?: string}} */ (error).code
    if (code === 'ECONNREFUSED' || code === 'ETIMEDOUT' || code === 'ENOTFOUND')
      return 'bring it with: apt-get install mariadb-server && service mariadb start'
    if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR')
      return `its root wants a password: bring a user with: mariadb -e "GRANT ALL ON *.* TO huiyue_test@localhost IDENTIFIED BY 'huiyue_test'" and MARIADB_URL=mysql://huiyue_test:huiyue_test@127.0.0.1:3306`
    return messageOf(error)
  }
}

/** @returns {Promise<string | undefined>} why Redis cannot be used with what to do about it; undefined when it can */
export async function redisMissing() {
  const requireOfBff = createRequire(join(root, 'apps', 'bff', 'package.json'))
  const { createClient } = requireOfBff('@redis/client')
  const client = createClient({ url: redisUrl, socket: { connectTimeout: 3000, reconnectStrategy: false } })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.ping()
    return undefined
  } catch {
    return 'bring it with: apt-get install redis-server && service redis-server start'
  } finally {
    if (client.isOpen) client.destroy()
  }
}
