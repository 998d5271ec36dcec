import type { Booking, Room } from '@huiyue/contracts'
import { computed, ref, shallowRef } from 'vue'
import { orgTimeZone, slotMinutes } from '@/features/reference/client-config'
import { loadDictionaries } from '@/features/reference/dictionaries'
import { loadRooms, rooms, toSpan } from '@/features/room/rooms.api'
import { ApiError } from '@/http/api-error'
import { listRoomDay } from './booking.api'
import {
  canHold,
  cellMinutesFor,
  cells,
  mainHours,
  moveEnd,
  moveStart,
  roomDay,
  tap,
  type Cell,
  type Choice,
  type Span,
} from './slot-picking'

/** One room on one day: what is taken, and the time somebody is choosing. */
export function useRoomDay(roomId: () => string, dateKey: () => string) {
  const now = ref(Date.now())
  const bookings = shallowRef<Booking[]>([])
  const choice = shallowRef<Choice>()
  /** Until it is known what is taken, nothing may look free. */
  const known = ref(false)
  const wider = ref({ earlier: false, later: false })

  const room = computed<Room | undefined>(() => rooms.value.find(({ id }) => id === roomId()))
  const day = computed(() => roomDay(dateKey(), orgTimeZone(), slotMinutes(), now.value, bookings.value.map(toSpan)))
  const main = computed(() => mainHours(day.value, dateKey(), orgTimeZone()))
  const shown = computed<Span>(() => ({
    from: wider.value.earlier ? day.value.from : main.value.from,
    to: wider.value.later ? day.value.to : main.value.to,
  }))
  const cellMinutes = computed(() => cellMinutesFor(slotMinutes()))
  const rows = computed(() => cells(day.value, shown.value, cellMinutes.value))

  /** @throws ApiError */
  async function load() {
    const key = dateKey()
    now.value = Date.now()
    const [taken] = await Promise.all([listRoomDay(roomId(), key), loadRooms(), loadDictionaries()])
    if (key !== dateKey()) return
    if (!room.value) throw new ApiError('NOT_FOUND')
    bookings.value = taken
    known.value = true
    // Somebody else may have been faster.
    if (choice.value && !canHold(day.value, choice.value)) choice.value = undefined
  }

  return {
    now,
    room,
    bookings,
    choice,
    known,
    day,
    shown,
    rows,
    cellMinutes,
    hasEarlier: computed(() => shown.value.from > day.value.from),
    hasLater: computed(() => shown.value.to < day.value.to),
    load,
    showEarlier: () => (wider.value = { ...wider.value, earlier: true }),
    showLater: () => (wider.value = { ...wider.value, later: true }),
    /** Another day has other bookings and another choice. */
    clear() {
      bookings.value = []
      known.value = false
      choice.value = undefined
      wider.value = { earlier: false, later: false }
    },
    tapCell(cell: Cell) {
      choice.value = tap(day.value, choice.value, cell)
    },
    stepStart: (by: number) => choice.value && moveStart(day.value, choice.value, by),
    stepEnd: (by: number) => choice.value && moveEnd(day.value, choice.value, by),
  }
}
