import type { BulkAccountsInput, BulkResult } from '@huiyue/contracts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { useBulk } from './use-bulk'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const ids = (count: number) => Array.from({ length: count }, (_one, index) => `u${index}`)
function answerTo(body: BulkAccountsInput, refused: readonly string[] = []): BulkResult {
  const items = body.ids.map((id) => {
    const done = !refused.includes(id)
    return { id, name: `人${id}`, done, error: done ? null : ('FORBIDDEN' as const) }
  })
  return { items, done: items.filter(({ done }) => done).length, failed: items.filter(({ done }) => !done).length }
}
const sizes = () => call.mock.calls.map((given) => (given[1] as { body: BulkAccountsInput }).body.ids.length)

beforeEach(() => void call.mockReset())

describe('the same change for many', () => {
  it('goes in parts that the server takes, with the change in each', async () => {
    call.mockImplementation(async (_name: string, { body }: { body: BulkAccountsInput }) => answerTo(body))
    const bulk = useBulk()
    await bulk.run(ids(450), { action: 'move', departmentId: 'd1', reason: '调岗' })
    expect(sizes()).toEqual([200, 200, 50])
    expect(call.mock.lastCall?.[1]).toMatchObject({ body: { action: 'move', departmentId: 'd1', reason: '调岗' } })
    expect([bulk.succeeded.size, bulk.untried.value, bulk.running.value]).toEqual([450, 0, false])
  })

  it('names everybody for whom it failed, and why', async () => {
    call.mockImplementation(async (_name: string, { body }: { body: BulkAccountsInput }) =>
      answerTo(body, ['u1', 'u201']),
    )
    const bulk = useBulk()
    await bulk.run(ids(202), { action: 'disable' })
    expect(bulk.failures.value).toMatchObject([
      { id: 'u1', name: '人u1', error: 'FORBIDDEN' },
      { id: 'u201', error: 'FORBIDDEN' },
    ])
    expect(bulk.succeeded.size).toBe(200)
  })

  it('a lost connection leaves the rest untried, and says so', async () => {
    call
      .mockImplementationOnce(async (_name: string, { body }: { body: BulkAccountsInput }) => answerTo(body))
      .mockRejectedValueOnce(new ApiError('NETWORK'))
    const bulk = useBulk()
    await bulk.run(ids(500), { action: 'enable' })
    expect([bulk.succeeded.size, bulk.untried.value, bulk.broken.value?.code]).toEqual([200, 300, 'NETWORK'])
  })

  it('stops after the part under way', async () => {
    const bulk = useBulk()
    call.mockImplementation(async (_name: string, { body }: { body: BulkAccountsInput }) => {
      bulk.stop()
      return answerTo(body)
    })
    await bulk.run(ids(500), { action: 'end-sessions' })
    expect([bulk.tried.value, bulk.untried.value]).toEqual([200, 300])
  })
})
