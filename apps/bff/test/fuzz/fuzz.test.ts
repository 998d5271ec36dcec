import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiPrefix, operations, type Operation, type OperationId } from '@huiyue/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BookingModel } from '../../src/booking/booking.models'
import { TransactionRunner } from '../../src/database/transaction-runner'
import { IdentityModel } from '../../src/identity/identity.model'
import { NotificationModel } from '../../src/notification/notification.models'
import { RoleAssignmentModel } from '../../src/role/role.models'
import { SessionModel } from '../../src/session/session.models'
import { SessionService } from '../../src/session/session.service'
import { UserModel } from '../../src/user/user.models'
import { createTestApp, type TestApp } from '../support/test-app'
import { hostile, valuesOf } from './hostile'

/** Requests for each kind of caller; raise it and change the seed to search longer. */
const runs = Number(process.env.FUZZ_RUNS ?? 2100)
const seed = Number(process.env.FUZZ_SEED ?? 20261122)

type Person = Awaited<ReturnType<TestApp['signIn']>>

interface Request {
  method: string
  url: string
  headers: Record<string, string>
  body: string | Buffer | undefined
}

let app: TestApp
let server: Server
let origin: string
let victim: Person
let secrets: string[]
let ids: string[]
/** Ended by what the calls do to themselves; then logged in anew. */
const callers = new Map<string, Person>()

beforeAll(async () => {
  app = await createTestApp()
  server = createServer(app.http)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await furnish()
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await app.close()
})

/** A victim in another department with everything one can have, and callers of every kind. */
async function furnish(): Promise<void> {
  const [away, mine] = [await app.build.department(), await app.build.department()]
  const [building, other] = [await app.build.building(), await app.build.building()]
  const [room, otherRoom] = [
    await app.build.room({ buildingId: building.id }),
    await app.build.room({ buildingId: other.id }),
  ]
  victim = await app.again(await app.build.user({ departmentId: away.id, name: '受害者' }))
  secrets = ['13912345678', 'victim-private@example.com', 'only-for-the-organizer']
  await UserModel.update({ mobile: secrets[0], email: secrets[1] }, { where: { id: victim.id } })
  const code = await app.sandbox.code(await app.sandbox.phone())
  await app.call('bindWechat', { body: { code } }, victim.token)
  const booked = await app.call(
    'createBooking',
    {
      headers: {},
      body: { roomId: room.id, title: '要紧的会', startsAt: app.build.time(60), endsAt: app.build.time(120) },
    },
    victim.token,
  )
  const own = await app.build.role([
    'account:read',
    'account:manage',
    'account:export',
    'session:read',
    'session:end',
    'booking:manage',
  ])
  callers.set('member', await app.signIn('member'))
  callers.set(
    'front desk of another building',
    await app.again(await app.build.user({ roles: [{ roleId: 'frontdesk', buildingId: other.id }] })),
  )
  callers.set(
    'manager of another building',
    await app.again(await app.build.user({ roles: [{ roleId: 'manager', buildingId: other.id }] })),
  )
  callers.set(
    'head of another department',
    await app.again(
      await app.build.user({
        departmentId: mine.id,
        roles: [{ roleId: 'member' }, { roleId: own.id, departmentId: mine.id }],
      }),
    ),
  )
  callers.set('admin', await app.signIn('admin'))
  const session = await SessionModel.findOne({ where: { userId: victim.id } })
  ids = [
    ...[victim.id, booked.body.id, session?.id, room.id, otherRoom.id, away.id, mine.id, building.id, other.id, own.id],
    ...[...callers.values()].map(({ id }) => id),
    ...['admin', 'manager', 'member', 'none', 'BOOKING_CREATED'],
  ].filter((id) => id !== undefined)
}

/** Everything about the victim that only the victim, or somebody with a right to it, may change. */
async function stateOfVictim(): Promise<string> {
  const [user, roles, sessions, bookings, identities, messages] = await Promise.all([
    UserModel.findByPk(victim.id),
    RoleAssignmentModel.findAll({ where: { userId: victim.id } }),
    SessionModel.findAll({ where: { userId: victim.id }, attributes: ['id', 'revokedAt'] }),
    BookingModel.findAll({ where: { organizerId: victim.id, createdBy: victim.id }, order: ['id'] }),
    IdentityModel.findAll({ where: { userId: victim.id } }),
    NotificationModel.findAll({ where: { recipientId: victim.id, event: 'BOOKING_CREATED' }, attributes: ['id'] }),
  ])
  // Being invited by others is everybody's lot: those messages are not a change to what is the victim's own.
  return JSON.stringify({ user, roles, sessions, bookings, identities, messages: messages.length > 0 })
}

function requests(operationIds: readonly OperationId[]): fc.Arbitrary<{ id: OperationId; request: Request }> {
  return fc.oneof(...operationIds.map((id) => requestsOf(id).map((request) => ({ id, request }))))
}

function requestsOf(id: OperationId): fc.Arbitrary<Request> {
  const operation: Operation = operations[id]
  const someId = fc.constantFrom(...ids)
  const of = (schema: z.core.$ZodType | undefined) =>
    schema
      ? valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>, someId)
      : fc.constant(undefined)
  const pathId = fc.oneof({ arbitrary: someId, weight: 8 }, { arbitrary: hostile().map(textOf), weight: 1 })
  return fc
    .record({
      pathId,
      query: fc.oneof({ arbitrary: of(operation.query), weight: 5 }, { arbitrary: hostile(), weight: 1 }),
      body: fc.oneof({ arbitrary: of(operation.body), weight: 8 }, { arbitrary: hostile(), weight: 1 }),
      wire: fc.constantFrom('json', 'json', 'json', 'json', 'json', 'json', 'cut', 'binary', 'utf16', 'gzip', 'form'),
      key: fc.option(fc.constantFrom('k1', 'k2', 'x'.repeat(200)), { freq: 3, nil: undefined }),
      noise: fc.uint8Array({ maxLength: 64 }),
    })
    .map(({ pathId: inPath, query, body, wire, key, noise }) => {
      const path = operation.path.replace(/:\w+/g, encode(inPath).slice(0, 4000))
      return {
        method: operation.method,
        url: apiPrefix + path + queryText(query),
        headers: { ...headersOf(wire), ...(key && operation.headers ? { 'idempotency-key': key } : {}) },
        body: operation.method === 'GET' ? undefined : onTheWire(wire, body, noise),
      }
    })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
}

function encode(text: string): string {
  // Half a surrogate pair cannot stand in an address.
  return encodeURIComponent(Buffer.from(text).toString())
}

function queryText(query: unknown): string {
  if (typeof query !== 'object' || query === null)
    return query === undefined ? '' : `?${encode(textOf(query)).slice(0, 2000)}`
  const pairs = Object.entries(query).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [`${encode(name)}=${encode(textOf(value))}`],
  )
  return `?${pairs.join('&').slice(0, 6000)}`
}

function headersOf(wire: string): Record<string, string> {
  const types: Record<string, string> = {
    binary: 'application/octet-stream',
    utf16: 'application/json; charset=utf-16le',
    form: 'application/x-www-form-urlencoded',
  }
  return {
    'content-type': types[wire] ?? 'application/json',
    ...(wire === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
  }
}

function onTheWire(wire: string, body: unknown, noise: Uint8Array): string | Buffer {
  const text = JSON.stringify(body) ?? ''
  if (wire === 'cut') return text.slice(0, Math.floor(text.length * 0.7))
  if (wire === 'binary') return Buffer.concat([Buffer.from(text.slice(0, 20)), noise])
  if (wire === 'utf16') return Buffer.from(text, 'utf16le')
  if (wire === 'gzip') return Buffer.from(noise)
  return text
}

async function send({ method, url, headers, body }: Request, token: string): Promise<{ status: number; text: string }> {
  const response = await fetch(origin + url, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  return { status: response.status, text: await response.text() }
}

function callerOf(name: string): Person {
  const caller = callers.get(name)
  if (!caller) throw new Error(`There is no caller ${name}`)
  return caller
}

/** Ending one's own session is not what this is about. */
const left: readonly OperationId[] = ['logout']
const all = (Object.keys(operations) as OperationId[]).filter((id) => !left.includes(id))

/** What the caller may call comes three times as often as what is refused at the door. */
async function operationsFor(caller: Person): Promise<OperationId[]> {
  const { permissions } = (await app.call('getMe', {}, caller.token)).body
  const open = all.filter((id) => {
    const { access }: Operation = operations[id]
    return access === 'public' || access === 'signed-in' || permissions.includes(access)
  })
  return [...all, ...open, ...open]
}

/** Without a password: of those the calls have used up the attempts. */
async function comeBack(name: string): Promise<void> {
  const caller = callerOf(name)
  const way = { clientId: 'web', method: 'password', from: { device: '', address: '', place: null } } as const
  const { accessToken } = await app.container
    .resolve(TransactionRunner)
    .run((tx) => app.container.resolve(SessionService).start(caller.id, way, tx))
  callers.set(name, { ...caller, token: accessToken })
}

async function bombard(name: string, watch: (text: string) => void): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(requests(await operationsFor(callerOf(name))), async ({ request }) => {
      const { status, text } = await send(request, callerOf(name).token)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      expect(status, text.slice(0, 500)).toBeLessThan(500)
      watch(text)
      if (status === 401) await comeBack(name)
    }),
    { numRuns: runs, seed: seed + name.length, endOnFailure: true },
  )
  return statuses
}

const outsiders = [
  'member',
  'front desk of another building',
  'manager of another building',
  'head of another department',
]

describe.each(outsiders)('a %s who sends anything at all', (name) => {
  it('gets no further into other people’s things, and the server does not stumble', async () => {
    const before = await stateOfVictim()
    const statuses = await bombard(name, (text) => {
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(text).not.toContain('$argon2')
    })
    // Otherwise only the first check of every call was tried.
    expect(statuses.get(200)).toBeGreaterThan(runs / 20)
    expect(statuses.get(400)).toBeGreaterThan(runs / 20)
    expect(await stateOfVictim()).toBe(before)
    expect((await app.call('getMe', {}, victim.token)).status).toBe(200)
  })
})

describe('an administrator who sends anything at all', () => {
  it('never makes the server stumble', async () => {
    const statuses = await bombard('admin', (text) => expect(text).not.toContain('$argon2'))
    expect(statuses.get(200)).toBeGreaterThan(runs / 20)
  })
})
