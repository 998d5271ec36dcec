import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useToday } from './use-today'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T15:59:50Z') }))
afterEach(() => void vi.useRealTimers())

it('turns at midnight of the organisation, not of the browser', () => {
  const scope = effectScope()
  const today = scope.run(() => useToday(ref('Asia/Shanghai')))
  expect(today?.value).toBe('2026-11-23')
  vi.advanceTimersByTime(30_000)
  expect(today?.value).toBe('2026-11-24')
  scope.stop()
  vi.advanceTimersByTime(86_400_000)
  expect(today?.value).toBe('2026-11-24')
})
