import type { Booking, CreateBookingInput, OperationRequest, Room, UpdateBookingInput } from '@huiyue/contracts'
import { call } from '@/http'

export async function listRooms(): Promise<Room[]> {
  return (await call('listRooms')).items
}

const pageSize = 1000

/** All bookings that touch the time between two instants, however many pages that takes. */
export async function listBookings(
  range: Pick<OperationRequest<'listBookings'>['query'], 'from' | 'to'>,
  signal?: AbortSignal,
): Promise<Booking[]> {
  const found: Booking[] = []
  for (;;) {
    const query = { ...range, limit: pageSize, offset: found.length }
    const page = await call('listBookings', { query }, signal ? { signal } : {})
    found.push(...page.items)
    if (page.items.length === 0 || found.length >= page.total) return found
  }
}

export function getBooking(id: string): Promise<Booking> {
  return call('getBooking', { params: { id } })
}

/** The same key with the same content creates one booking, however often it is sent. */
export function createBooking(body: CreateBookingInput, idempotencyKey: string): Promise<Booking> {
  return call('createBooking', { headers: { 'idempotency-key': idempotencyKey }, body })
}

export function updateBooking(id: string, body: UpdateBookingInput): Promise<Booking> {
  return call('updateBooking', { params: { id }, body })
}

export function cancelBooking(id: string, reason: string): Promise<Booking> {
  return call('cancelBooking', { params: { id }, query: {}, body: reason ? { reason } : {} })
}
