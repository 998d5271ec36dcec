import type { UserSummary } from '@huiyue/contracts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { ApiError } from '@/http'
import { useColleagues } from './use-colleagues'

const person = (id: string, name: string): UserSummary => ({
  id,
  name,
  username: id,
  department: null,
  wechatBound: true,
})

/** Answers each question when the test says so. */
function slowDirectory() {
  const questions = new Map<string, { answer(found: UserSummary[]): void; fail(error: Error): void }>()
  const search = (text: string) =>
    new Promise<UserSummary[]>((answer, fail) => {
      questions.set(text, { answer, fail })
    })
  return { questions, search }
}

let scope = effectScope()
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

function setUp() {
  const { questions, search } = slowDirectory()
  const colleagues = scope.run(() =>
    useColleagues(
      () => [person('u2', '韩梅梅')],
      () => 'u1',
      search,
    ),
  )
  if (!colleagues) throw new Error('scope is over')
  return { questions, ...colleagues }
}

it('shows what belongs to the newest question, however late older answers come', async () => {
  const { ask, questions, results } = setUp()
  ask('li', 0)
  await vi.advanceTimersByTimeAsync(0)
  ask('wang', 0)
  await vi.advanceTimersByTimeAsync(0)
  questions.get('wang')?.answer([person('u3', '王芳')])
  await vi.advanceTimersByTimeAsync(0)
  questions.get('li')?.answer([person('u4', '李雷')])
  await vi.advanceTimersByTimeAsync(0)
  expect(results.value.map(({ name }) => name)).toEqual(['王芳'])
})

it('asks once when somebody types fast, and never offers oneself', async () => {
  const { ask, questions, results } = setUp()
  ask('l')
  ask('li')
  ask('lil')
  await vi.advanceTimersByTimeAsync(500)
  expect([...questions.keys()]).toEqual(['lil'])
  questions.get('lil')?.answer([person('u1', '我'), person('u4', '李雷')])
  await vi.advanceTimersByTimeAsync(0)
  expect(results.value.map(({ id }) => id)).toEqual(['u4'])
})

it('keeps knowing by name whom an earlier search found, and whom the booking came with', async () => {
  const { ask, questions, known, failed } = setUp()
  ask('li', 0)
  await vi.advanceTimersByTimeAsync(0)
  questions.get('li')?.answer([person('u4', '李雷')])
  await vi.advanceTimersByTimeAsync(0)
  ask('x', 0)
  await vi.advanceTimersByTimeAsync(0)
  questions.get('x')?.fail(new ApiError('NETWORK'))
  await vi.advanceTimersByTimeAsync(0)
  expect(failed.value).toBe(true)
  expect([known.get('u4')?.name, known.get('u2')?.name]).toEqual(['李雷', '韩梅梅'])
})
