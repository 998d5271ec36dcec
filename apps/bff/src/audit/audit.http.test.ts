import type { TemplateInput } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { TransactionRunner } from '../database/transaction-runner'
import { newId } from '../ids'
import { AuditModel } from './audit.models'
import { AuditTrail, type Change } from './audit-trail'

let app: TestApp
let admin: { id: string; token: string }

const when = (minute: number) => new Date(Date.parse('2026-03-01T00:00:00Z') + minute * 60_000)
/** Only the month that this file filled. */
const march = { from: when(0).toISOString(), to: when(60 * 24 * 30).toISOString() }

function entry(minute: number, wanted: Partial<AuditModel>) {
  const target = { targetId: 'target-1', targetName: '研发部', address: '203.0.113.9' }
  const action = { action: 'department.updated' as const, resource: 'department' as const }
  const change = { actorId: null, before: null, after: null, reason: null, requestId: null }
  return { id: newId(), at: when(minute), ...action, ...target, ...change, ...wanted }
}

beforeAll(async () => {
  app = await createTestApp()
  admin = await app.signIn('admin', '管理员甲')
  await AuditModel.bulkCreate([
    ...Array.from({ length: 12 }, (_, index) => entry(index, {})),
    entry(20, { actorId: admin.id, before: '{"name":"研发"}', after: '{"name":"研发部"}', requestId: 'request-7' }),
    entry(21, {
      action: 'role.deleted',
      resource: 'role',
      targetId: 'target-2',
      targetName: 'Guests',
      reason: '不再需要 100%',
    }),
  ])
})
afterAll(() => app.close())

describe('the audit log', () => {
  it('is for those who may read it', async () => {
    const { token } = await app.signIn('manager')
    expect((await app.call('listAudit', { query: {} }, token)).status).toBe(403)
    expect((await app.call('exportAudit', { query: {} }, token)).status).toBe(403)
  })

  it('says who changed what, from what to what', async () => {
    const { body } = await app.call('listAudit', { query: { ...march, actorId: admin.id } }, admin.token)
    expect(body.items).toMatchObject([
      {
        at: when(20).toISOString(),
        actor: { id: admin.id, name: '管理员甲' },
        action: 'department.updated',
        target: { resource: 'department', id: 'target-1', name: '研发部' },
        before: { name: '研发' },
        after: { name: '研发部' },
        reason: null,
        address: '203.0.113.9',
        requestId: 'request-7',
      },
    ])
  })

  it.each([
    [{}, 14],
    [{ action: 'role.deleted' }, 1],
    [{ resource: 'department' }, 13],
    [{ targetId: 'target-2' }, 1],
    [{ requestId: 'request-7' }, 1],
    [{ from: when(11).toISOString(), to: when(21).toISOString() }, 2],
    [{ search: '研发' }, 13],
    [{ search: 'gUEST' }, 1],
    [{ search: '需要 100%' }, 1],
    [{ search: '%' }, 1],
    [{ search: '研发', resource: 'role' }, 0],
  ])('finds with %j exactly %i, newest first', async (filter, count) => {
    const { body } = await app.call('listAudit', { query: { ...march, ...filter, limit: 5 } as never }, admin.token)
    expect(body.total).toBe(count)
    expect(body.items).toHaveLength(Math.min(count, 5))
    const times = body.items.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('comes page by page', async () => {
    const pages = await Promise.all(
      [0, 5, 10].map((offset) => app.call('listAudit', { query: { ...march, limit: 5, offset } }, admin.token)),
    )
    expect(new Set(pages.flatMap(({ body }) => body.items.map(({ id }) => id))).size).toBe(14)
  })

  it('is searched 90 days back, further only from a day that was given', async () => {
    const ago = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000)
    const [old, recent] = [91, 89].map((days) => ({ ...entry(0, { targetName: '行政部' }), at: ago(days) }))
    await AuditModel.bulkCreate([old, recent].filter((one) => one !== undefined))
    const ids = async (query: { search?: string; from?: string; to?: string }) =>
      (await app.call('listAudit', { query }, admin.token)).body.items.map(({ id }) => id)
    expect(await ids({ search: '行政' })).toEqual([recent?.id])
    expect(await ids({ search: '行政', from: ago(100).toISOString() })).toEqual([recent?.id, old?.id])
    expect(await ids({ search: '行政', to: ago(90).toISOString() })).toEqual([old?.id])
    expect(await ids({ to: ago(90.5).toISOString() })).toEqual(expect.arrayContaining([old?.id]))
    const { body } = await app.call('exportAudit', { query: { search: '行政' } }, admin.token)
    expect(body.split('行政部')).toHaveLength(2)
  })

  it('is exported with the export itself in it', async () => {
    const { body } = await app.call('exportAudit', { query: { resource: 'log' } }, admin.token)
    const [header, row] = body.slice(1).split('\r\n')
    expect(header).toContain('操作人,操作,对象')
    expect(row).toContain('管理员甲,log.audit_exported,audit-log')
    expect(row).toContain('"{""resource"":""log""}"')
  })
})

describe('an entry', () => {
  const append = (change: Change) =>
    app.container.resolve(TransactionRunner).run((tx) => app.container.resolve(AuditTrail).append(null, change, tx))

  it('keeps only what differs, and is not made when nothing does', async () => {
    const target = { id: newId(), name: '张三' }
    await append({
      action: 'account.updated',
      target,
      before: { name: 'a', locale: 'en' },
      after: { name: 'b', locale: 'en' },
    })
    await append({ action: 'account.updated', target, before: { name: 'b' }, after: { name: 'b' } })
    const { body } = await app.call('listAudit', { query: { targetId: target.id } }, admin.token)
    expect(body.items).toMatchObject([{ actor: null, before: { name: 'a' }, after: { name: 'b' } }])
  })

  it('is not there when the change it tells about failed', async () => {
    const target = { id: newId(), name: '张三' }
    const failing = app.container.resolve(TransactionRunner).run(async (tx) => {
      await app.container.resolve(AuditTrail).append(null, { action: 'account.updated', target, after: {} }, tx)
      throw new Error('the change failed')
    })
    await expect(failing).rejects.toThrow('the change failed')
    expect((await app.call('listAudit', { query: { targetId: target.id } }, admin.token)).body.total).toBe(0)
  })

  it('is made of a template that changed, and not of one saved as it was', async () => {
    const params = { code: 'BOOKING_CREATED' as const }
    const { body: was } = await app.call('getTemplate', { params }, admin.token)
    const { code: _code, ...input } = was
    const save = (body: TemplateInput) => app.call('putTemplate', { params, body }, admin.token)
    await save(input)
    await save({ ...input, templateId: 'another' })
    const { body } = await app.call('listAudit', { query: { action: 'template.updated' } }, admin.token)
    expect(body.items).toMatchObject([
      { target: { id: 'BOOKING_CREATED' }, before: { templateId: was.templateId }, after: { templateId: 'another' } },
    ])
    expect(Object.keys(body.items[0]?.after ?? {})).toEqual(['templateId'])
  })
})
