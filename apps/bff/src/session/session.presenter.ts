import type { Session, StaffSession } from '@huiyue/contracts'
import type { SessionModel } from './session.models'

export function presentSession(session: SessionModel, currentId: string): Session {
  return {
    id: session.id,
    clientId: session.clientId,
    method: session.method,
    device: session.device,
    address: session.address,
    place: session.place,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    current: session.id === currentId,
  }
}

/** @param session with its user loaded */
export function presentStaffSession(session: SessionModel, currentId: string): StaffSession {
  const { user } = session
  if (!user) throw new Error('A session is presented to staff with its user loaded')
  return {
    ...presentSession(session, currentId),
    user: { id: user.id, name: user.name, username: user.username },
  }
}
