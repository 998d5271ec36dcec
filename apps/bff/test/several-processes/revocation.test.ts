import { buildRequest, type LoginResult, type OperationId, type OperationRequest } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/test-database'
import { buildServer, startServer, type BffProcess, type Mutation } from './bff-process'

const redisUrl = process.env.REDIS_TEST_URL ?? 'redis://127.0.0.1:6379'
const fronts: [string, Record<string, string>][] = [
  ['the database alone', {}],
  ...(process.env.TEST_REDIS === 'no'
    ? []
    : ([['Redis in front', { REDIS_URL: redisUrl }]] as [string, { REDIS_URL: string }][])),
]
const rounds = 10
/** Takes away what tells the cache; only with Redis there is something to forget. */
const withoutForgetting: Mutation = {
  file: 'session-ending.ts',
  replace: 'tx.afterCommit(() => this.cache.forget(tokenHashes))',
  by: 'void tokenHashes',
}

interface Pair {
  servers: [BffProcess, BffProcess]
  close(): Promise<void>
}

async function startPair(name: string, env: Record<string, string>, mutation?: Mutation): Promise<Pair> {
  const database = await createTestDatabase('mariadb')
  const file = await buildServer(name, mutation)
  const all = { DATABASE_URL: database.url, WECHAT_API_BASE_URL: 'http://127.0.0.1:9', ...env }
  const servers: [BffProcess, BffProcess] = [await startServer(file, all), await startServer(file, all)]
  const close = async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await database.drop()
  }
  return { servers, close }
}

async function send<K extends OperationId>(server: BffProcess, id: K, request: OperationRequest<K>, token?: string) {
  const { method, url, body } = buildRequest(id, request)
  const response = await fetch(server.url + url, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null }
}

/** Logs out in one process while the other is busy with the token. Answers what calls that began later were told. */
async function endWhileBusy([one, other]: [BffProcess, BffProcess]): Promise<number[]> {
  const body = { username: 'lilei', password: 'huiyue-demo', clientId: 'web' as const }
  const { accessToken } = (await send(one, 'login', { body })).body as LoginResult
  expect((await send(other, 'listRooms', {}, accessToken)).status).toBe(200)
  let ended = false
  const after: number[] = []
  const busy = Array.from({ length: 6 }, async () => {
    for (let calls = 0; calls < 400 && after.length < 12; calls++) {
      const startedAfterEnd = ended
      const { status } = await send(other, 'listMySessions', {}, accessToken)
      if (startedAfterEnd) after.push(status)
    }
  })
  expect((await send(one, 'logout', {}, accessToken)).status).toBe(204)
  ended = true
  await Promise.all(busy)
  expect(after.length).toBeGreaterThan(0)
  return after
}

describe.each(fronts)('two processes with %s', (name, front) => {
  let pair: Pair
  beforeAll(async () => {
    pair = await startPair('revocation', front)
  })
  afterAll(() => pair.close())

  it('a session ended in one is over in the other with the answer, however busy that one is with it', async () => {
    for (let round = 0; round < rounds; round++)
      expect(new Set(await endWhileBusy(pair.servers)), `${name}, round ${round}`).toEqual(new Set([401]))
  })
})

describe.runIf(fronts.length > 1)('the same without telling the cache', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await startPair('revocation-unforgotten', fronts[1]?.[1] ?? {}, withoutForgetting)
  })
  afterAll(() => pair.close())

  it('leaves ended sessions alive, which shows that this test can fail', async () => {
    expect(await endWhileBusy(pair.servers)).toContain(200)
  })
})
