import type { LoginEntry } from '@huiyue/contracts'
import type { CreationAttributes } from 'sequelize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { AuditModel } from '../audit/audit.models'
import { readCsv } from '../csv/csv-reader'
import { newId } from '../ids'
import { UserModel } from '../user/user.models'
import { searchKeyOf } from '../user/user.repository'
import { LoginLogModel } from './login-log.models'

let app: TestApp
let admin: { id: string; token: string }
let person: UserModel

const when = (minute: number) => new Date(Date.parse('2026-03-01T00:00:00Z') + minute * 60_000)

function entry(minute: number, wanted: Partial<CreationAttributes<LoginLogModel>> = {}) {
  return {
    id: newId(),
    at: when(minute),
    userId: null,
    username: 'zz…',
    clientId: 'web' as const,
    method: 'password' as const,
    result: 'failure' as const,
    reason: 'unknown_user' as const,
    device: 'Chrome 130 · Windows',
    address: '203.0.113.9',
    place: null,
    requestId: newId(),
    ...wanted,
  }
}

/** Only the month that this file filled. */
const march = { from: when(0).toISOString(), to: when(60 * 24 * 30).toISOString() }

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin')
  person = await app.build.user({ name: '欧阳娜娜', username: 'nana_ouyang' })
  const ofPerson = { userId: person.id, username: person.username, reason: null }
  await LoginLogModel.bulkCreate([
    ...Array.from({ length: 25 }, (_, index) => entry(index)),
    entry(30, { ...ofPerson, result: 'success', clientId: 'mp-weixin', method: 'wechat', address: '10.0.0.7' }),
    entry(31, { ...ofPerson, result: 'failure', reason: 'password_wrong', address: '10.0.0.71' }),
    entry(32, { ...ofPerson, result: 'alert', reason: 'refresh_token_reused', clientId: 'h5', address: '2001:db8::1' }),
    // Three in one moment.
    ...Array.from({ length: 3 }, () => entry(40, { username: '=1%_…' })),
  ])
})
afterAll(() => app.close())

async function list(query: Record<string, unknown>): Promise<LoginEntry[]> {
  const { status, body } = await app.call('listLogins', { query: { ...march, ...query } }, admin.token)
  expect(status).toBe(200)
  expect(body.total).toBeGreaterThanOrEqual(body.items.length)
  return body.items
}

describe('the login log', () => {
  it('is for those who may read it', async () => {
    const { token } = await app.signIn('manager')
    expect((await app.call('listLogins', { query: {} }, token)).status).toBe(403)
    expect((await app.call('exportLogins', { query: {} }, token)).status).toBe(403)
  })

  it('says who came, how, with which device and from where', async () => {
    const [found] = await list({ userId: person.id, result: 'success' })
    expect(found).toMatchObject({
      at: when(30).toISOString(),
      user: { id: person.id, name: '欧阳娜娜' },
      username: 'nana_ouyang',
      clientId: 'mp-weixin',
      method: 'wechat',
      reason: null,
      device: 'Chrome 130 · Windows',
      address: '10.0.0.7',
    })
  })

  it('comes newest first, page by page, without losing or repeating entries of one moment', async () => {
    const pages = await Promise.all([0, 10, 20, 30].map((offset) => list({ limit: 10, offset })))
    const all = pages.flat()
    expect(all).toHaveLength(31)
    expect(new Set(all.map(({ id }) => id)).size).toBe(31)
    const times = all.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
  })

  it.each([
    [{ clientId: 'h5' }, 1],
    [{ result: 'alert' }, 1],
    [{ result: 'failure' }, 29],
    [{ reason: 'password_wrong' }, 1],
    [{ from: when(24).toISOString(), to: when(31).toISOString() }, 2],
    [{ search: '欧阳' }, 3],
    [{ search: 'NANA_' }, 3],
    [{ search: '10.0.0.7' }, 2],
    [{ search: '0.0.7' }, 0],
    [{ search: '2001:db8::1%' }, 0],
    [{ search: '_ouyang' }, 3],
    [{ search: 'ZZ' }, 25],
    [{ search: '2001:DB8' }, 1],
    [{ search: '%' }, 3],
    [{ search: '10.0.0.71' }, 1],
    [{ search: '欧阳', result: 'failure' }, 1],
    [{ userId: 'nobody' }, 0],
  ])('finds with %j exactly %i', async (filter, count) => {
    const { body } = await app.call('listLogins', { query: { ...march, ...filter, limit: 5 } as never }, admin.token)
    expect(body.total).toBe(count)
    expect(body.items).toHaveLength(Math.min(count, 5))
  })

  it('is searched by what people are called now, however many are called so', async () => {
    const found = async (search: string) =>
      (await app.call('listLogins', { query: { ...march, search } }, admin.token)).body.total
    await UserModel.update({ searchKey: "o'brien nana_ouyang" }, { where: { id: person.id } })
    expect(await found("O'Brien")).toBe(3)
    expect(await found('欧阳')).toBe(0)
    const row = person.get({ plain: true })
    await UserModel.bulkCreate(
      Array.from({ length: 600 }, (_, index) => {
        const id = newId()
        return { ...row, id, username: id, usernameKey: id, searchKey: `o'brien \\ ${index}` }
      }),
    )
    expect(await found("O'BRIEN")).toBe(3)
    expect(await found("o'brien \\ 5")).toBe(0)
    await UserModel.update({ searchKey: searchKeyOf(person) }, { where: { id: person.id } })
  })

  it('still knows how many there are behind its end', async () => {
    const query = { ...march, limit: 10, offset: 200 }
    expect((await app.call('listLogins', { query }, admin.token)).body).toEqual({ items: [], total: 31 })
  })

  it('is searched 90 days back, further only from a day that was given', async () => {
    const ago = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000)
    const [old, recent] = [entry(0, { at: ago(91) }), entry(0, { at: ago(89) })].map((one) => ({
      ...one,
      address: '198.51.100.1',
    }))
    await LoginLogModel.bulkCreate([old, recent].filter((one) => one !== undefined))
    const search = '198.51.100'
    const ids = async (query: { search?: string; from?: string; to?: string }) =>
      (await app.call('listLogins', { query }, admin.token)).body.items.map(({ id }) => id)
    expect(await ids({ search })).toEqual([recent?.id])
    expect(await ids({ search, from: ago(100).toISOString() })).toEqual([recent?.id, old?.id])
    expect(await ids({ search, to: ago(90).toISOString() })).toEqual([old?.id])
    expect(await ids({ from: ago(92).toISOString() })).toEqual(expect.arrayContaining([old?.id]))
    const { body } = await app.call('exportLogins', { query: { search } }, admin.token)
    expect(body).toContain(recent?.requestId)
    expect(body).not.toContain(old?.requestId)
  })

  it('refuses a filter that it does not know, by its name', async () => {
    const { error } = await app.call('listLogins', { query: { result: 'maybe', limit: 201 } as never }, admin.token)
    expect(error.details).toMatchObject({ issues: [{ path: 'result' }, { path: 'limit', code: 'too_big' }] })
  })

  it('has what really happened: a wrong password and a login', async () => {
    const user = await app.build.user()
    await app.call('login', { body: { username: user.username, password: 'quite wrong', clientId: 'web' } })
    await app.again(user)
    const { body } = await app.call('listLogins', { query: { userId: user.id } }, admin.token)
    expect(body.items.map(({ result, reason }) => [result, reason])).toEqual([
      ['success', null],
      ['failure', 'password_wrong'],
    ])
  })
})

describe('its export', () => {
  it('holds what the filter finds, on the reader’s wall clock, and nothing a spreadsheet would calculate', async () => {
    const { body } = await app.call('exportLogins', { query: { ...march, from: when(31).toISOString() } }, admin.token)
    expect(body).toMatch(/^\uFEFF/)
    expect(body).toContain("'=1%_…")
    const { records } = await readCsv(body.slice(1), 100)
    const [header, ...rows] = records.map(({ cells }) => cells)
    expect(header?.slice(0, 3)).toEqual(['时间 (Asia/Shanghai)', '姓名', '用户名'])
    expect(rows).toHaveLength(5)
    expect(rows[3]?.slice(0, 9)).toEqual([
      ...['2026-03-01 08:32:00', '欧阳娜娜', 'nana_ouyang', 'h5', 'password', 'alert', 'refresh_token_reused'],
      ...['Chrome 130 · Windows', '2001:db8::1'],
    ])
  })

  it('speaks the language of whoever exports', async () => {
    const reader = await app.signIn('admin')
    await app.call('updateMe', { body: { locale: 'en', timeZone: 'America/New_York' } }, reader.token)
    const { body } = await app.call('exportLogins', { query: march }, reader.token)
    expect(body.split('\r\n')[0]).toContain('Time (America/New_York),Name,Username')
    expect(body).toContain('2026-02-28 19:40:00')
  })

  it('is written down with its filter, but not with what was searched for', async () => {
    await app.call('exportLogins', { query: { ...march, search: '欧阳' } }, admin.token)
    const written = await AuditModel.findOne({
      where: { action: 'log.login_exported', actorId: admin.id },
      order: [['id', 'DESC']],
    })
    expect(JSON.parse(written?.after ?? '')).toEqual({ ...march, search: '…' })
  })

  it('of more entries than one chunk has all of them once', async () => {
    const may = (index: number) => new Date(Date.parse('2026-05-01T00:00:00Z') + Math.floor(index / 7) * 1000)
    await LoginLogModel.bulkCreate(Array.from({ length: 2500 }, (_, index) => entry(0, { at: may(index) })))
    const query = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }
    const { body } = await app.call('exportLogins', { query }, admin.token)
    const { records } = await readCsv(body.slice(1), 5000)
    expect(new Set(records.slice(1).map(({ cells }) => cells.at(-1))).size).toBe(2500)
    expect(records).toHaveLength(2501)
  })
})
