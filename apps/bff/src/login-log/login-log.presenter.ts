import type { LoginEntry } from '@huiyue/contracts'
import type { LoginLogModel } from './login-log.models'

/** @param entry with its user loaded */
export function presentLogin(entry: LoginLogModel): LoginEntry {
  const { id, username, clientId, method, result, reason, device, address, place, requestId } = entry
  return {
    id,
    at: entry.at.toISOString(),
    user: entry.user ? { id: entry.user.id, name: entry.user.name } : null,
    username,
    clientId,
    method,
    result,
    reason,
    device,
    address,
    place,
    requestId,
  }
}
