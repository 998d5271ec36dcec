import { buildRequest, type LoginResult, type Room } from '@huiyue/contracts'
import type { Sequelize } from 'sequelize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/database/sequelize'
import { countOverlaps } from '../support/overlaps'
import { createTestDatabase, type TestDatabase } from '../support/test-database'
import { buildServer, startServer, type BffProcess, type Mutation } from './bff-process'

const clients = 50

class Race {
  private constructor(
    readonly servers: BffProcess[],
    readonly sequelize: Sequelize,
    private readonly database: TestDatabase,
    private readonly token: string,
    private readonly rooms: Room[],
  ) {}

  static async prepare(name: string, mutation?: Mutation): Promise<Race> {
    const database = await createTestDatabase('mariadb')
    const file = await buildServer(name, mutation)
    const env = { DATABASE_URL: database.url, WECHAT_API_BASE_URL: 'http://127.0.0.1:9' }
    const servers = await Promise.all([startServer(file, env), startServer(file, env)])
    const url = servers[0]!.url
    const body = { username: 'lilei', password: 'huiyue-demo', clientId: 'web' }
    const { accessToken } = await send<LoginResult>(url, 'POST', '/api/v1/auth/login', body)
    const { items } = await send<{ items: Room[] }>(url, 'GET', '/api/v1/rooms', undefined, accessToken)
    const rooms = items.filter((room) => room.status === 'open')
    return new Race(servers, connectDatabase(database.config), database, accessToken, rooms)
  }

  /** Fifty overlapping wishes for one room and day, half of them to each process, all at once. */
  async round(day: number): Promise<number[]> {
    const roomId = this.rooms[day % this.rooms.length]!.id
    const noon = Date.UTC(2027, 0, 1 + day, 4)
    const instant = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()
    return Promise.all(
      Array.from({ length: clients }, async (_, index) => {
        const { method, url, headers, body } = buildRequest('createBooking', {
          headers: {},
          body: {
            roomId,
            title: `第 ${index} 个`,
            startsAt: instant(-15 * (index % 4)),
            endsAt: instant(15 + 15 * (index % 3)),
          },
        })
        const response = await fetch(this.servers[index % 2]!.url + url, {
          method,
          headers: { ...headers, 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
          body: JSON.stringify(body),
        })
        await response.text()
        return response.status
      }),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()))
    await this.sequelize.close()
    await this.database.drop()
  }
}

async function send<T>(base: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await response.json()) as T
}

describe('fifty clients book one room through two server processes', () => {
  let race: Race
  beforeAll(async () => {
    race = await Race.prepare('server')
  })
  afterAll(() => race.close())

  it('exactly one gets it, every time, and nothing overlaps', async () => {
    for (let day = 0; day < 20; day++) {
      const statuses = await race.round(day)
      expect(statuses.filter((status) => status === 201)).toHaveLength(1)
      expect(statuses.filter((status) => status === 409)).toHaveLength(clients - 1)
    }
    expect(await countOverlaps(race.sequelize)).toBe(0)
  })

  it('both processes stop when they are told to, with nothing left undone', async () => {
    expect(await Promise.all(race.servers.map((server) => server.stop()))).toEqual([0, 0])
  })
})

describe('the same without the slots', () => {
  let race: Race
  beforeAll(async () => {
    race = await Race.prepare('server-without-slots', {
      file: 'booking.repository.ts',
      replace: 'await RoomSlotModel.bulkCreate(',
      by: 'await (async (..._slots: unknown[]) => undefined)(',
    })
  })
  afterAll(() => race.close())

  it('double-books: it is the slots that keep the promise, and this test would see them go', async () => {
    let overlaps = 0
    for (let day = 0; day < 60 && overlaps === 0; day++) {
      await race.round(day)
      overlaps = await countOverlaps(race.sequelize)
    }
    expect(overlaps).toBeGreaterThan(0)
  })
})
