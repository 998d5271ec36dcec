import type { ImportJob, ImportState } from '@huiyue/contracts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { anAdministrator } from '../people-fixtures'
import { useImportJob } from './use-import-job'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

function aJob(state: ImportState, done = 0): ImportJob {
  return {
    id: 'i1',
    kind: 'users',
    fileName: 'a.csv',
    encoding: 'utf-8',
    state,
    failure: null,
    issues: [],
    counts: { rows: 3, create: 3, update: 0, unchanged: 0, faulty: 0 },
    progress: { done, total: 3 },
    createdAt: '2026-11-23T00:00:00.000Z',
    createdBy: { id: 'u1', name: '管理员' },
    appliedAt: null,
  }
}
const scopes: ReturnType<typeof effectScope>[] = []
function open() {
  const scope = effectScope()
  scopes.push(scope)
  const found = scope.run(() => useImportJob('i1'))
  if (!found) throw new Error('scope is over')
  return found
}
/** Whether closing the tab asks first. */
function asksBeforeClosing(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event.defaultPrevented
}
/** What each operation answers, in turn; the last one again and again. */
function serve(answers: Record<string, unknown[]>): void {
  call.mockImplementation(async (name: string) => {
    const queue = answers[name] ?? []
    const answer = queue.length > 1 ? queue.shift() : queue[0]
    if (answer instanceof Error) throw answer
    return answer
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  window.sessionStorage.clear()
  call.mockReset()
  useSession().user = anAdministrator()
})
afterEach(() => {
  scopes.splice(0).forEach((scope) => scope.stop())
  vi.useRealTimers()
})

describe('applying an import', () => {
  it('shows how far it is until it is over', async () => {
    serve({
      getImport: [aJob('checked'), aJob('applying', 1), aJob('applying', 2), aJob('applied', 3)],
      applyImport: [{ job: aJob('applying'), passwordKey: null }],
    })
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    const seen = [work.job.value?.progress.done]
    await vi.advanceTimersByTimeAsync(1_000)
    seen.push(work.job.value?.progress.done)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([...seen, work.job.value?.state]).toEqual([1, 2, 'applied'])
    const looks = call.mock.calls.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(call.mock.calls.length).toBe(looks)
  })

  it('goes on looking when the network is gone for a moment', async () => {
    serve({ getImport: [aJob('applying', 1), new ApiError('NETWORK'), aJob('applied', 3)] })
    const work = open()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(work.error.value?.code).toBe('NETWORK')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([work.error.value, work.job.value?.state]).toEqual([null, 'applied'])
  })

  it('a refusal is told and the dry run stays', async () => {
    serve({ getImport: [aJob('checked')], applyImport: [new ApiError('IMPORT_NOT_APPLICABLE', 409)] })
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    expect([work.applyError.value?.code, work.job.value?.state]).toEqual(['IMPORT_NOT_APPLICABLE', 'checked'])
    expect(window.sessionStorage).toHaveLength(0)
  })
})

describe('the first passwords', () => {
  const answers = () => ({
    getImport: [aJob('checked'), aJob('applied', 3)],
    applyImport: [{ job: aJob('applied', 3), passwordKey: 'the-key' }],
    getImportPasswords: [new ApiError('NETWORK'), '用户名,初始密码'],
  })

  it('can still be downloaded after the page was loaded again, and closing the tab asks first', async () => {
    serve(answers())
    const before = open()
    await vi.advanceTimersByTimeAsync(0)
    await before.apply()
    scopes.splice(0).forEach((scope) => scope.stop())

    const after = open()
    expect(after.undelivered.value).toBe(true)
    expect(asksBeforeClosing()).toBe(true)
  })

  const keysSent = () =>
    call.mock.calls.flatMap(([name, { body }]) => (name === 'applyImport' ? [body.passwordKey as string] : []))

  it('are not lost with the answer that says the import began', async () => {
    serve({ getImport: [aJob('checked'), aJob('applying')], applyImport: [new ApiError('NETWORK')] })
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    expect([work.applyError.value, work.job.value?.state]).toEqual([null, 'applying'])
    expect(keysSent()).toEqual([work.passwordKey.value])
    expect(open().passwordKey.value).toBe(work.passwordKey.value)
    expect(asksBeforeClosing()).toBe(true)
  })

  it('come from the same key when the request is sent once more', async () => {
    serve({ getImport: [aJob('checked')], applyImport: [new ApiError('NETWORK')] })
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    expect(work.applyError.value?.code).toBe('NETWORK')
    expect(asksBeforeClosing()).toBe(false)
    await work.apply()
    const [first, second] = keysSent()
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(second).toBe(first)
  })

  it('leave nothing behind once they are downloaded; a failed attempt can be repeated', async () => {
    serve(answers())
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    await expect(work.passwords()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(work.undelivered.value).toBe(true)

    expect(await work.passwords()).toBe('用户名,初始密码')
    expect(call.mock.lastCall).toEqual([
      'getImportPasswords',
      { params: { id: 'i1' }, body: { passwordKey: 'the-key' } },
    ])
    expect(asksBeforeClosing()).toBe(false)
    expect(window.sessionStorage).toHaveLength(0)
  })

  it('are another person’s no matter what lies in the tab', async () => {
    serve(answers())
    const work = open()
    await vi.advanceTimersByTimeAsync(0)
    await work.apply()
    useSession().user = anAdministrator({ id: 'u9' })
    expect(open().passwordKey.value).toBeNull()
  })
})
