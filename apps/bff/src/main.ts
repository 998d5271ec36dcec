import 'reflect-metadata'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConnectionError } from 'sequelize'
import { createApp } from './app'
import { loadConfig, type Config } from './config/config'
import { createContainer } from './container'
import { migrate } from './database/migrate'
import { initModels } from './database/models'
import { assertIsolation, closeDatabase, connectDatabase } from './database/sequelize'
import { Housekeeping } from './housekeeping'
import { Readiness } from './http/readiness'
import { ImportRunner } from './import/import-runner'
import { createLogger } from './logging/logger'
import { NotificationWorker } from './notification/notification-worker'
import { connectRedis } from './redis/redis'
import { Installation } from './setup/installation'

const drainMs = 5000

async function main(): Promise<void> {
  const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  if (existsSync(join(rootDir, '.env'))) process.loadEnvFile(join(rootDir, '.env'))
  const config = loadConfig(process.env, rootDir)
  // Only to be told of every fault, before somebody waits for anything else.
  if (process.argv.includes('--check')) return
  const logger = createLogger(config.logLevel)
  const sequelize = connectDatabase(config.database)
  initModels(sequelize)
  await assertIsolation(sequelize)
  await migrate(sequelize, config.database, logger.child({ scope: 'migration' }))

  const redis = connectRedis(config, logger.child({ scope: 'redis' }))
  const container = createContainer({ config, logger, sequelize, redis })
  const password = await container.resolve(Installation).prepare()
  // Shown once, to the person at the terminal; the log never sees it.
  if (password) process.stdout.write(`\nThe first account is "admin" with the password ${password}\n\n`)

  const server = createServer(createApp(container))
  const worker = container.resolve(NotificationWorker)
  const housekeeping = container.resolve(Housekeeping)
  await listen(server, config)
  worker.start()
  housekeeping.start()
  const { port } = server.address() as AddressInfo
  logger.info({ host: config.host, port, database: config.database.dialect }, 'listening')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'stopping')
    container.resolve(Readiness).leave()
    housekeeping.stop()
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs)
    await Promise.all([closed, worker.stop(), container.resolve(ImportRunner).stop()])
    clearTimeout(deadline)
    redis?.destroy()
    await closeDatabase(sequelize, config.database)
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
}

function listen(server: ReturnType<typeof createServer>, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE'
      reject(busy ? new Error(`Port ${port} is busy; set PORT to a free one`) : error)
    })
    server.listen(port, host, resolve)
  })
}

/** For the person who started it, before the logger exists: one clear text. */
function explain(error: unknown): string {
  if (error instanceof ConnectionError) return `The database cannot be used: ${error.message || 'it does not answer'}`
  return error instanceof Error ? error.message : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
