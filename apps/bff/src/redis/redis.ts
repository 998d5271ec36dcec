import { createHash } from 'node:crypto'
import { createClient } from '@redis/client'
import type { Config } from '../config/config'
import type { Logger } from '../logging/logger'

export type RedisClient = ReturnType<typeof newClient>

/** DI token of the connection; null when no Redis is configured. */
export const RedisToken = Symbol('Redis')

/** Nothing waits longer for Redis than for the database that it stands in front of. */
const commandTimeoutMs = 250
const longestPauseMs = 2000

/**
 * Connects in the background and reconnects for as long as the process lives: everything kept in Redis can be done
 * without, so an unreachable one costs speed and not the start.
 */
export function connectRedis(config: Config, logger: Logger): RedisClient | null {
  if (!config.redisUrl) return null
  const client = newClient(config.redisUrl, prefixOf(config))
  let reachable = true
  client.on('error', (error: Error) => {
    if (reachable) logger.warn({ err: error }, 'Redis cannot be reached; going on without')
    reachable = false
  })
  client.on('ready', () => {
    reachable = true
    logger.info('Redis is connected')
  })
  client.connect().catch(() => undefined)
  return client
}

function newClient(url: string, keyPrefix: string) {
  return createClient({
    url,
    keyPrefix,
    disableOfflineQueue: true,
    commandOptions: { timeout: commandTimeoutMs },
    socket: {
      connectTimeout: 2000,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, longestPauseMs),
    },
  })
}

/** Installations that share a Redis do not share their keys. */
function prefixOf({ database, wechat }: Config): string {
  const installation = [database.dialect === 'mysql' ? database.url : database.file, wechat.appId].join(' ')
  return `huiyue:${createHash('sha256').update(installation).digest('hex').slice(0, 12)}:`
}
