import type { Booking } from '@huiyue/contracts'

/** A booking for tests: 10:00–11:00 in Shanghai on 2026-11-23, unless told otherwise. */
export function aBooking(changes: Partial<Booking> = {}): Booking {
  return {
    id: 'b1',
    roomId: 'r1',
    room: { id: 'r1', name: '望岳厅', location: 'A 座 3 层' },
    title: '产品周会',
    note: null,
    startsAt: '2026-11-23T02:00:00.000Z',
    endsAt: '2026-11-23T03:00:00.000Z',
    status: 'confirmed',
    organizer: { id: 'u1', name: '李雷' },
    attendees: [{ id: 'u2', name: '韩梅梅', wechatBound: true, delivery: null }],
    version: 3,
    cancelReason: null,
    cancelledAt: null,
    canEdit: true,
    createdAt: '2026-11-22T01:00:00.000Z',
    updatedAt: '2026-11-22T01:00:00.000Z',
    ...changes,
  }
}
