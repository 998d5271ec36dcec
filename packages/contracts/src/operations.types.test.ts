import { expect, it } from 'vitest'
import { buildRequest, type OperationRequest, type OperationResponse } from './index'

// Compiled by `typecheck`: a client that forgets a required value, or reads a field that is not there, does not build.
const list: OperationRequest<'listBookings'> = { query: { from: '2026-01-01', to: '2026-01-02', mine: true } }
const availability: OperationRequest<'getAvailability'> = { query: { from: 'a', to: 'b', roomIds: ['x', 'y'] } }
const create: OperationRequest<'createBooking'> = {
  headers: { 'idempotency-key': 'k' },
  body: { roomId: 'r', title: 't', startsAt: 's', endsAt: 'e' },
}
// @ts-expect-error `to` is missing
const incomplete: OperationRequest<'listBookings'> = { query: { from: 'x' } }
const roomName = (response: OperationResponse<'listRooms'>): string | undefined => response.items[0]?.name

it('lays out calls as the operations say', () => {
  expect(buildRequest('listBookings', list).url).toBe('/api/v1/bookings?from=2026-01-01&to=2026-01-02&mine=true')
  expect(buildRequest('getAvailability', availability).url).toBe('/api/v1/rooms/availability?from=a&to=b&roomIds=x%2Cy')
  expect(buildRequest('getBooking', { params: { id: 'a/b' } }).url).toBe('/api/v1/bookings/a%2Fb')
  expect(buildRequest('createBooking', create)).toMatchObject({ method: 'POST', headers: { 'idempotency-key': 'k' } })
  expect(buildRequest('listBookings', incomplete).url).toBe('/api/v1/bookings?from=x')
  expect(roomName({ items: [], total: 0 })).toBeUndefined()
})
