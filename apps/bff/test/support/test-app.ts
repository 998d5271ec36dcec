import {
  apiPrefix,
  buildRequest,
  errorResponse,
  operations,
  type ErrorResponse,
  type Operation,
  type OperationId,
  type OperationRequest,
  type OperationResponse,
  type BuiltInRole,
} from '@huiyue/contracts'
import { startSandbox } from '@huiyue/wechat-sandbox'
import type { Express } from 'express'
import type { Sequelize } from 'sequelize'
import supertest, { type Response } from 'supertest'
import type { DependencyContainer } from 'tsyringe'
import { expect } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../src/app'
import { loadConfig, type Config } from '../../src/config/config'
import { createContainer } from '../../src/container'
import { migrate } from '../../src/database/migrate'
import { initModels } from '../../src/database/models'
import { assertIsolation, closeDatabase, connectDatabase } from '../../src/database/sequelize'
import { createLogger } from '../../src/logging/logger'
import { NotificationWorker } from '../../src/notification/notification-worker'
import { connectRedis, type RedisClient } from '../../src/redis/redis'
import { DefaultTemplates } from '../../src/setup/default-templates'
import { bookingCreatedTemplateId } from '@huiyue/wechat-sandbox/defaults'
import { Builders } from './builders'
import { logDestination, rememberSecret } from './captured-logs'
import { SandboxControl } from './sandbox-control'
import { TestClock } from './test-clock'
import { createTestDatabase } from './test-database'

export interface Answer<T> {
  status: number
  body: T
  error: ErrorResponse['error']
  headers: Record<string, string>
}

/**
 * The real application on a real database, with the sandbox for WeChat and a clock of its own. One at a time in a
 * process: Sequelize's models belong to the connection that was opened last.
 */
export interface TestApp {
  http: Express
  config: Config
  container: DependencyContainer
  sequelize: Sequelize
  clock: TestClock
  sandbox: SandboxControl
  build: Builders
  /** Calls an operation; every answer must have exactly the shape that the contract says. */
  call<K extends OperationId>(
    id: K,
    request: OperationRequest<K>,
    token?: string,
  ): Promise<Answer<OperationResponse<K>>>
  /** Logs a new person in. */
  signIn(role?: BuiltInRole, name?: string): Promise<{ id: string; username: string; token: string }>
  /** Another session of somebody whose token is over, because the test moved the clock. */
  again(person: { id: string; username: string }): Promise<{ id: string; username: string; token: string }>
  /** The API of one more process: own memory and own connection to Redis, the same database. */
  another(changes?: Partial<Config>): { call: TestApp['call'] }
  /** The worker of one more process: own memory, the same database. */
  worker(): NotificationWorker
  /** Works off the outbox, as the worker does in the running server. */
  deliver(): Promise<void>
  close(): Promise<void>
}

export async function createTestApp(overrides: Record<string, string> = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  const server = await startSandbox({ port: 0 })
  const config = loadConfig(
    { NODE_ENV: 'test', DATABASE_URL: database.url, WECHAT_API_BASE_URL: server.url, ...overrides },
    import.meta.dirname,
  )
  const logger = createLogger('debug', logDestination)
  const sequelize = connectDatabase(config.database)
  initModels(sequelize)
  await assertIsolation(sequelize)
  await migrate(sequelize, config.database, logger)
  const clock = new TestClock()
  const connections: RedisClient[] = []
  const createProcess = (changes: Partial<Config> = {}) => {
    const redis = connectRedis(config, logger)
    if (redis) connections.push(redis)
    return createContainer({ config: { ...config, ...changes }, logger, sequelize, clock, redis })
  }
  const container = createProcess()
  await container.resolve(DefaultTemplates).ensure(bookingCreatedTemplateId)
  rememberSecret(config.wechat.appSecret)

  const http = createApp(container)
  const build = new Builders(clock)
  const call = createCaller(http)
  const again: TestApp['again'] = async ({ id, username }) => {
    const { body } = await call('login', { body: { ...build.credentials({ username }), clientId: 'web' } })
    return { id, username, token: body.accessToken }
  }
  return {
    http,
    config,
    container,
    sequelize,
    clock,
    sandbox: new SandboxControl(server.url),
    build,
    call,
    signIn: async (role = 'member', name) => again(await build.user({ role, ...(name ? { name } : {}) })),
    again,
    another: (changes) => ({ call: createCaller(createApp(createProcess(changes))) }),
    worker: () => createProcess().resolve(NotificationWorker),
    deliver: () => container.resolve(NotificationWorker).drain(),
    async close() {
      for (const connection of connections) connection.destroy()
      await closeDatabase(sequelize, config.database)
      await server.close()
      await database.drop()
    },
  }
}

function createCaller(http: Express): TestApp['call'] {
  return async (id, request, token) => {
    const { method, url, headers, body } = buildRequest(id, request)
    if (operations[id].tag !== 'templates')
      rememberSecretsIn(body, ['password', 'currentPassword', 'newPassword', 'initialPassword', 'code', 'refreshToken'])
    if (token) rememberSecret(token)
    const response = await supertest(http)
      [method.toLowerCase() as 'post'](url)
      .set({ ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) })
      .send(body as object | undefined)
    checkShape(operations[id], response)
    rememberSecretsIn(response.body, ['accessToken', 'refreshToken', 'password', 'passwordKey'])
    return {
      status: response.status,
      body: operations[id as OperationId] && 'produces' in operations[id] ? response.text : response.body,
      error: response.body?.error,
      headers: response.headers,
    }
  }
}

/** A field that the contract does not name is as wrong as one that is missing. */
function checkShape(operation: Operation, response: Response): void {
  const context = `${operation.method} ${apiPrefix}${operation.path} → ${response.status} ${response.text}`
  expect(response.headers['x-request-id'], context).toBeTruthy()
  expect(response.text, 'No answer ever contains a password hash').not.toContain('$argon2')
  if (response.status >= 400) {
    expect(z.strictObject({ error: errorResponse.shape.error }).safeParse(response.body).success, context).toBe(true)
    return
  }
  expect(response.status, context).toBe(operation.status)
  if (!operation.response) return
  if (operation.produces) return void expect(response.headers['content-type'], context).toContain(operation.produces)
  const parsed = z.safeParse(operation.response, response.body)
  expect(parsed.error?.issues, context).toBeUndefined()
  expect(response.body).toEqual(parsed.data)
}

function rememberSecretsIn(body: unknown, names: readonly string[]): void {
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>))
    if (names.includes(name) && typeof value === 'string' && value.length > 7) rememberSecret(value)
}
