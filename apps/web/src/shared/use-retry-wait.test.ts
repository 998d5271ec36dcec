import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { ApiError } from '@/http/api-error'
import { i18n, setLocale } from '@/messages'
import { useRetryWait } from './use-retry-wait'

const tooMany = (retryAfterSeconds: number) => new ApiError('TOO_MANY_ATTEMPTS', 429, { retryAfterSeconds })

function open() {
  let wait: ReturnType<typeof useRetryWait> | undefined
  const page = defineComponent(() => {
    wait = useRetryWait()
    return () => h('p')
  })
  const view = mount(page, { global: { plugins: [i18n] } })
  if (!wait) throw new Error('not mounted')
  return { wait, view }
}

beforeEach(() => {
  setLocale('zh-CN', false)
  vi.useFakeTimers({ now: Date.parse('2026-11-22T01:00:00Z') })
})
afterEach(() => void vi.useRealTimers())

it('counts down to the moment when the attempt may be made again', () => {
  const { wait } = open()
  wait.start(tooMany(125))
  expect([wait.waiting.value, wait.timeLeft.value]).toEqual([true, '2 分 05 秒'])
  vi.advanceTimersByTime(66_000)
  expect(wait.timeLeft.value).toBe('59 秒')
  vi.advanceTimersByTime(59_000)
  expect(wait.waiting.value).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

it('goes by the clock when the page slept', () => {
  const { wait } = open()
  wait.start(tooMany(600))
  vi.setSystemTime(Date.parse('2026-11-22T01:09:50Z'))
  vi.advanceTimersByTime(1_000)
  expect(wait.timeLeft.value).toBe('9 秒')
})

it('waits for nothing else, and not after its form is gone', () => {
  const { wait, view } = open()
  wait.start(new ApiError('CREDENTIALS_INVALID', 401))
  expect(wait.waiting.value).toBe(false)
  wait.start(tooMany(60))
  view.unmount()
  expect(vi.getTimerCount()).toBe(0)
})
