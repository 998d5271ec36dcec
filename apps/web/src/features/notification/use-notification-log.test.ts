import type { Notification, NotificationState } from '@huiyue/contracts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { ApiError } from '@/http/api-error'
import { useNotificationLog, type LogFilter } from './use-notification-log'
import type * as notificationApi from './notification.api'

function aNotification(state: NotificationState): Notification {
  return {
    id: 'n1',
    event: 'BOOKING_CREATED',
    booking: { id: 'b1', title: '周会' },
    recipient: { id: 'u2', name: '韩梅梅' },
    state,
    reason: null,
    attempts: 0,
    errcode: null,
    errmsg: null,
    rid: null,
    msgid: null,
    data: null,
    createdAt: '2026-11-22T01:00:00.000Z',
    sentAt: null,
    nextAttemptAt: null,
  }
}
type Query = Parameters<typeof notificationApi.listNotifications>[0]
type Page = Awaited<ReturnType<typeof notificationApi.listNotifications>>

const page = (state: NotificationState, total = 1): Page => ({ items: [aNotification(state)], total })
const scope = { current: effectScope() }

function setUp(filter: LogFilter, ...answers: (Page | ApiError)[]) {
  const asked: Query[] = []
  const api = {
    listNotifications: async (query: Query) => {
      asked.push(query)
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (!answer || answer instanceof ApiError) throw answer ?? new Error('no answer')
      return answer
    },
    resendNotification: async () => aNotification('pending'),
  }
  const wanted = ref(filter)
  const log = scope.current.run(() => useNotificationLog(wanted, api))
  if (!log) throw new Error('scope is over')
  return { log, asked, wanted }
}

beforeEach(() => {
  vi.useFakeTimers()
  scope.current = effectScope()
})
afterEach(() => {
  scope.current.stop()
  vi.useRealTimers()
})

it('looks again by itself until the message has arrived', async () => {
  const { log, asked } = setUp({ state: undefined, page: 1 }, page('pending'), page('leased'), page('sent'))
  await vi.advanceTimersByTimeAsync(0)
  expect(log.items.value?.[0]?.state).toBe('pending')
  await vi.advanceTimersByTimeAsync(3_000)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(log.items.value?.[0]?.state).toBe('sent')
  expect(asked).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(3)
})

it('asks the server for the page and state in the address', async () => {
  const { log, asked, wanted } = setUp({ state: 'dead', page: 3 }, page('dead', 70))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual([{ state: 'dead', limit: 25, offset: 50 }])
  expect(log.pages.value).toBe(3)
  wanted.value = { state: undefined, page: 1 }
  await vi.advanceTimersByTimeAsync(0)
  expect(asked[1]).toEqual({ limit: 25, offset: 0 })
})

it('a failed look keeps what is on the screen', async () => {
  const { log } = setUp({ state: undefined, page: 1 }, page('sent'), new ApiError('NETWORK'))
  await vi.advanceTimersByTimeAsync(0)
  await log.refresh()
  expect(log.error.value?.code).toBe('NETWORK')
  expect(log.items.value).toHaveLength(1)
})
