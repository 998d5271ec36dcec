import { startOfDay, type Booking, type Room } from '@huiyue/contracts'
import { isCancel } from 'axios'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import * as bookingApi from '@/features/booking/booking.api'
import { toApiError, type ApiError } from '@/http/api-error'

const everyMs = 30_000

/** Rooms and one day's confirmed bookings, kept fresh: on focus, on coming back online, every 30 s while in sight. */
export function useRoomsDay(date: Ref<string>, timeZone: Ref<string>, api = bookingApi) {
  const rooms = shallowRef<Room[] | null>(null)
  const bookings = shallowRef<Booking[]>([])
  /** The day that `bookings` belong to; another one is being loaded while it differs from `date`. */
  const loadedDate = ref<string | null>(null)
  const loading = ref(false)
  const error = shallowRef<ApiError | null>(null)
  let running: AbortController | null = null

  async function refresh(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    const day = date.value
    try {
      const [allRooms, found] = await Promise.all([
        api.listRooms(),
        api.listBookings(
          {
            from: new Date(startOfDay(day, timeZone.value)).toISOString(),
            to: new Date(startOfDay(day, timeZone.value, 1)).toISOString(),
          },
          mine.signal,
        ),
      ])
      if (running !== mine) return
      rooms.value = allRooms
      bookings.value = found.filter(({ status }) => status === 'confirmed')
      loadedDate.value = day
      error.value = null
    } catch (thrown) {
      if (running === mine && !isCancel(thrown)) error.value = toApiError(thrown)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  /** Puts a booking the server has just answered into the day without waiting for the next refresh. */
  function take(booking: Booking): void {
    const others = bookings.value.filter(({ id }) => id !== booking.id)
    bookings.value = booking.status === 'confirmed' ? [...others, booking] : others
  }

  const refreshInSight = () => {
    if (document.visibilityState === 'visible') void refresh()
  }
  const timer = window.setInterval(refreshInSight, everyMs)
  window.addEventListener('focus', refreshInSight)
  window.addEventListener('online', refreshInSight)
  document.addEventListener('visibilitychange', refreshInSight)
  onScopeDispose(() => {
    window.clearInterval(timer)
    window.removeEventListener('focus', refreshInSight)
    window.removeEventListener('online', refreshInSight)
    document.removeEventListener('visibilitychange', refreshInSight)
    running?.abort()
  })

  watch([date, timeZone], () => void refresh(), { immediate: true })

  return { rooms, bookings, loadedDate, loading, error, refresh, take }
}
