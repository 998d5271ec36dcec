import { startOfDay, type Room } from '@huiyue/contracts'
import { shallowRef } from 'vue'
import type { Span } from '@/features/booking/slot-picking'
import { orgTimeZone } from '@/features/reference/client-config'
import { http } from '@/http/http-client'

/** The rooms as last loaded, shared by the screens that name or choose one. */
export const rooms = shallowRef<Room[]>([])

/** @throws ApiError */
export async function loadRooms(): Promise<void> {
  rooms.value = (await http.call('listRooms')).items
}

/** Room id → when it is taken on that day, in order of time. @throws ApiError */
export async function loadBusy(dateKey: string): Promise<ReadonlyMap<string, Span[]>> {
  const timeZone = orgTimeZone()
  const { items } = await http.call('getAvailability', {
    query: {
      from: new Date(startOfDay(dateKey, timeZone)).toISOString(),
      to: new Date(startOfDay(dateKey, timeZone, 1)).toISOString(),
    },
  })
  return new Map(items.map(({ roomId, busy }) => [roomId, busy.map(toSpan)]))
}

export function toSpan({ startsAt, endsAt }: { startsAt: string; endsAt: string }): Span {
  return { from: Date.parse(startsAt), to: Date.parse(endsAt) }
}
