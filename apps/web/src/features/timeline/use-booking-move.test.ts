import type { Booking, UpdateBookingInput } from '@huiyue/contracts'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { aBooking } from '@/features/booking/booking-fixtures'
import { ApiError } from '@/http/api-error'
import { i18n, setLocale } from '@/messages'
import { useClientConfig } from '@/shared/client-config.store'
import { dismiss, notices } from '@/shared/notices'
import { useBookingMove } from './use-booking-move'

const later = { startsAt: '2026-11-23T06:00:00.000Z', endsAt: '2026-11-23T07:00:00.000Z' }

/** The composable inside a component, with a server that answers what is queued. */
function setUp(...answers: (Booking | ApiError)[]) {
  const asked: UpdateBookingInput[] = []
  const moved: Booking[] = []
  const onStale = vi.fn()
  const api = {
    updateBooking: async (_id: string, body: UpdateBookingInput) => {
      asked.push(body)
      const answer = answers.shift()
      if (!answer || answer instanceof ApiError) throw answer ?? new Error('no answer left')
      return answer
    },
  }
  let move: ReturnType<typeof useBookingMove>['move'] | undefined
  const Host = defineComponent(() => {
    move = useBookingMove({ onMoved: (booking) => moved.push(booking), onStale, api }).move
    return () => h('div')
  })
  mount(Host, { global: { plugins: [i18n] } })
  if (!move) throw new Error('not mounted')
  return { move, asked, moved, onStale }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('en', false)
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
  for (const { id } of notices.value) dismiss(id)
})

it('a dragged booking is asked for with its version, and can be undone', async () => {
  const before = aBooking()
  const after = aBooking({ ...later, version: 4 })
  const { move, asked, moved, onStale } = setUp(after, aBooking({ version: 5 }))
  const revert = vi.fn()

  await move({ booking: before, roomId: 'r1', interval: later, revert })

  expect(asked).toEqual([{ ...later, version: 3 }])
  expect(moved).toEqual([after])
  expect(revert).not.toHaveBeenCalled()
  expect(notices.value.at(-1)?.text).toContain('14:00–15:00')

  notices.value.at(-1)?.action?.run()
  await vi.waitFor(() => expect(moved).toHaveLength(2))
  expect(asked[1]).toEqual({ roomId: 'r1', startsAt: before.startsAt, endsAt: before.endsAt, version: 4 })
  expect(onStale).not.toHaveBeenCalled()
})

it('refused, it goes back and says who is in the way', async () => {
  const conflict = { bookingId: 'b9', title: 'Review', ...later, organizer: { id: 'u9', name: 'Wang Fang' } }
  const { move, moved, onStale } = setUp(new ApiError('BOOKING_CONFLICT', 409, { conflicts: [conflict] }))
  const revert = vi.fn()

  await move({ booking: aBooking(), roomId: 'r2', interval: later, revert })

  expect(revert).toHaveBeenCalledTimes(1)
  expect(moved).toEqual([])
  expect(onStale).toHaveBeenCalledTimes(1)
  expect(notices.value.at(-1)).toMatchObject({
    tone: 'error',
    text: 'Not moved: Wang Fang has “Review” there (14:00–15:00)',
  })
})

it('a complaint about one field is told in its own words', async () => {
  const issues = [{ path: 'startsAt', code: 'in_the_past', message: 'startsAt: in the past' }]
  const { move } = setUp(new ApiError('VALIDATION_FAILED', 400, { issues }))
  await move({ booking: aBooking(), roomId: 'r1', interval: later, revert: vi.fn() })
  expect(notices.value.at(-1)?.text).toBe('Not moved: This time has passed')
})

it('dropped where it was, the server is left alone', async () => {
  const { move, asked } = setUp()
  const booking = aBooking()
  await move({ booking, roomId: 'r1', interval: booking, revert: vi.fn() })
  expect(asked).toEqual([])
})
