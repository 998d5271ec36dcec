import { dateKeyAt, startOfDay, type Booking } from '@huiyue/contracts'
import { orgTimeZone } from '@/features/reference/client-config'
import { http } from '@/http/http-client'

const iso = (ms: number) => new Date(ms).toISOString()

/** My meetings over whole days of the organisation, counted from the day of `nowMs`; in order of time. @throws ApiError */
export async function listMyBookings(
  nowMs: number,
  fromDays: number,
  toDays: number,
  includeCancelled = false,
): Promise<Booking[]> {
  const timeZone = orgTimeZone()
  const today = dateKeyAt(nowMs, timeZone)
  const { items } = await http.call('listBookings', {
    query: {
      from: iso(startOfDay(today, timeZone, fromDays)),
      to: iso(startOfDay(today, timeZone, toDays)),
      mine: true,
      ...(includeCancelled ? { includeCancelled } : {}),
    },
  })
  return items.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}

/** What happens in one room on one day. @throws ApiError */
export async function listRoomDay(roomId: string, dateKey: string): Promise<Booking[]> {
  const timeZone = orgTimeZone()
  const { items } = await http.call('listBookings', {
    query: { from: iso(startOfDay(dateKey, timeZone)), to: iso(startOfDay(dateKey, timeZone, 1)), roomId },
  })
  return items.sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}
