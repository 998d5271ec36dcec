import type { Sequelize } from 'sequelize'
import { QueryTypes, UniqueConstraintError } from 'sequelize'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../logging/logger'
import { logDestination } from '../../test/support/captured-logs'
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database'
import { KeyedMutex } from './keyed-mutex'
import { createMigrator, migrate } from './migrate'
import { initModels } from './models'
import { assertIsolation, closeDatabase, connectDatabase } from './sequelize'
import { TransactionRunner } from './transaction-runner'
import { RoomSlotModel } from '../booking/booking.models'
import { RoleAssignmentModel } from '../role/role.models'
import { RoomModel } from '../room/room.model'
import { SessionModel } from '../session/session.models'
import { DepartmentModel } from '../user/user.models'

const logger = createLogger('debug', logDestination)
let database: TestDatabase
let sequelize: Sequelize

beforeEach(async () => {
  database = await createTestDatabase()
  sequelize = connectDatabase(database.config)
  initModels(sequelize)
})
afterEach(async () => {
  await closeDatabase(sequelize, database.config)
  await database.drop()
})

describe('migrations', () => {
  it('go up, all the way down, and up again', async () => {
    await migrate(sequelize, database.config, logger)
    await createMigrator(sequelize).down({ to: 0 })
    const left = await sequelize.getQueryInterface().showAllTables()
    expect(left).toEqual(['schema_migrations'])
    await migrate(sequelize, database.config, logger)
    expect(await RoomSlotModel.count()).toBe(0)
  })

  it('go on where they stopped when they were interrupted', async () => {
    await migrate(sequelize, database.config, logger)
    // As after a crash between the last index and the note that the migration is done.
    await sequelize.query('DELETE FROM schema_migrations')
    await migrate(sequelize, database.config, logger)
    expect(await RoomSlotModel.count()).toBe(0)
    expect(await createMigrator(sequelize).pending()).toEqual([])
  })

  it('keep people’s roles and sessions when roles get places', async () => {
    await createMigrator(sequelize).up({ to: '0004-wechat-tokens' })
    const at = '2026-11-20 00:00:00.000'
    const run = (sql: string) => sequelize.query(sql)
    await run(`INSERT INTO departments (id, name, sort) VALUES ('d1', 'Sales', 0)`)
    await run(
      `INSERT INTO users (id, username, username_key, name, search_key, password_hash, department_id, locale, status, created_at, updated_at)
       VALUES ('u1', 'LiLei', 'lilei', '李雷', 'lilei', 'x', 'd1', 'zh-CN', 'active', '${at}', '${at}')`,
    )
    await run(`INSERT INTO user_roles (user_id, role) VALUES ('u1', 'manager'), ('u1', 'member')`)
    await run(
      `INSERT INTO sessions (id, user_id, client_id, created_at, ends_at) VALUES ('s1', 'u1', 'web', '${at}', '2027-01-01 00:00:00.000')`,
    )
    await migrate(sequelize, database.config, logger)
    const roles = await RoleAssignmentModel.findAll({ order: ['roleId'] })
    expect(roles.map(({ userId, roleId, scopeKey }) => [userId, roleId, scopeKey])).toEqual([
      ['u1', 'manager', ''],
      ['u1', 'member', ''],
    ])
    expect((await sequelize.getQueryInterface().showAllTables()).includes('user_roles')).toBe(false)
    const session = await SessionModel.findByPk('s1')
    expect(session).toMatchObject({ method: 'password', lastSeenAt: new Date('2026-11-20T00:00:00Z') })
    expect(session?.idleEndsAt).toEqual(session?.endsAt)
    expect(await DepartmentModel.findByPk('d1')).toMatchObject({ parentKey: '', nameKey: 'sales' })
    await createMigrator(sequelize).down({ to: '0005-roles-and-history' })
    const [back] = await sequelize.query('SELECT user_id, role FROM user_roles ORDER BY role')
    expect(back).toEqual([
      { user_id: 'u1', role: 'manager' },
      { user_id: 'u1', role: 'member' },
    ])
  })

  it('take turns when several processes start at once', async () => {
    const others = [1, 2, 3].map(() => connectDatabase(database.config))
    await Promise.all(others.map((other) => migrate(other, database.config, logger)))
    initModels(sequelize)
    expect(await RoomSlotModel.count()).toBe(0)
    await Promise.all(others.map((other) => closeDatabase(other, database.config)))
  })
})

describe('a transaction', () => {
  let transactions: TransactionRunner
  beforeEach(async () => {
    await migrate(sequelize, database.config, logger)
    transactions = new TransactionRunner(sequelize, logger)
  })
  const slot = (slotNo: number) => ({ roomId: 'room', slotNo, bookingId: 'booking' })

  it('runs at the isolation that the booking path is proven for', async () => {
    await expect(assertIsolation(sequelize)).resolves.toBeUndefined()
    if (sequelize.getDialect() !== 'mysql') return
    await transactions.run(async (transaction) => {
      await sequelize.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ', { transaction })
    })
    await expect(assertIsolation(sequelize)).rejects.toThrow('REPEATABLE-READ')
  })

  it('keeps all or nothing', async () => {
    const work = transactions.run(async (transaction) => {
      await RoomSlotModel.create(slot(1), { transaction })
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await RoomSlotModel.count()).toBe(0)
  })

  it('cannot take a slot that is taken, whatever path it comes by', async () => {
    await transactions.run((transaction) => RoomSlotModel.create(slot(7), { transaction }))
    const again = transactions.run((transaction) =>
      RoomSlotModel.bulkCreate([slot(6), slot(7), slot(8)], { transaction }),
    )
    await expect(again).rejects.toBeInstanceOf(UniqueConstraintError)
    expect(await RoomSlotModel.count()).toBe(1)
  })

  it('one of thirty wins a slot, and none fails for another reason', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, () =>
        transactions.run((transaction) => RoomSlotModel.create(slot(9), { transaction })),
      ),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(UniqueConstraintError)
  })

  it('waits for another process that is writing, instead of failing', async () => {
    const other = connectDatabase(database.config)
    const theirs = await other.transaction(sequelize.getDialect() === 'sqlite' ? { type: 'IMMEDIATE' as never } : {})
    await other.query("INSERT INTO room_slots (room_id, slot_no, booking_id) VALUES ('room', 1, 'theirs')", {
      type: QueryTypes.INSERT,
      transaction: theirs,
    })
    const mine = transactions.run((transaction) => RoomSlotModel.create(slot(2), { transaction }))
    await theirs.commit()
    await mine
    expect(await RoomSlotModel.count()).toBe(2)
    await closeDatabase(other, database.config)
  })

  it('tells apart what differs by case only, in every table', async () => {
    await transactions.run((transaction) =>
      RoomSlotModel.bulkCreate(
        ['room', 'ROOM', 'Room'].map((roomId) => ({ ...slot(1), roomId })),
        { transaction },
      ),
    )
    expect(await RoomSlotModel.count({ where: { roomId: 'room' } })).toBe(1)
    if (sequelize.getDialect() !== 'mysql') return
    const tables = await sequelize.query<{ name: string; collation: string }>(
      'SELECT table_name AS name, table_collation AS collation FROM information_schema.tables WHERE table_schema = DATABASE()',
      { type: QueryTypes.SELECT },
    )
    const others = tables.filter(({ name }) => name !== 'schema_migrations')
    expect(others.length).toBeGreaterThan(15)
    expect(others.filter(({ collation }) => collation !== 'utf8mb4_bin')).toEqual([])
  })

  it('stores text, numbers and instants as they are', async () => {
    const name = 'O\'Brien 会议室 👩‍💻 \\ " %'
    await RoomModel.create({ id: 'r', name, location: '', capacity: 3, equipment: '[]', status: 'open', sort: -1 })
    expect((await RoomModel.findByPk('r'))?.get()).toMatchObject({ name, capacity: 3, sort: -1 })
  })
})

describe('the mutex', () => {
  it('lets one in at a time per key, in order, and goes on after a failure', async () => {
    const mutex = new KeyedMutex()
    const seen: string[] = []
    const work =
      (name: string, fail = false) =>
      async () => {
        seen.push(`${name} in`)
        await Promise.resolve()
        seen.push(`${name} out`)
        if (fail) throw new Error(name)
      }
    const [first] = await Promise.allSettled([
      mutex.run('a', work('1', true)),
      mutex.run('a', work('2')),
      mutex.run('a', work('3')),
    ])
    expect(first.status).toBe('rejected')
    expect(seen).toEqual(['1 in', '1 out', '2 in', '2 out', '3 in', '3 out'])
  })

  it('of several keys cannot end in everybody waiting for everybody', async () => {
    const mutex = new KeyedMutex()
    const jobs = Array.from({ length: 40 }, (_, index) =>
      mutex.runAll(index % 2 ? ['a', 'b'] : ['b', 'a', 'b'], async () => index),
    )
    expect(await Promise.all(jobs)).toEqual(Array.from({ length: 40 }, (_, index) => index))
  })
})
