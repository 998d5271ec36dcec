import type { Permission } from '@huiyue/contracts'
import type { ClientInfo } from '../client/describe-client'
import type { Reaches } from '../role/reach'

/** Who holds an access token, and what their roles allow. */
export interface Identity {
  userId: string
  sessionId: string
  roles: readonly string[]
  reaches: Reaches
  /** Their password was given by somebody else: nothing but the own account until they change it. */
  mustChangePassword: boolean
}

/** Who is calling, from where, in which request. */
export interface Actor extends Identity {
  client: ClientInfo
  requestId: string
}

/** What a permission is asked about; what is left out or null lies nowhere. */
export interface Place {
  buildingId?: string | null | undefined
  departmentId?: string | null | undefined
}

/** Whether the permission holds at all; for one object ask `canAt`. */
export function can(actor: Pick<Actor, 'reaches'>, permission: Permission): boolean {
  return actor.reaches.has(permission)
}

export function canEverywhere(actor: Pick<Actor, 'reaches'>, permission: Permission): boolean {
  return actor.reaches.get(permission) === 'everywhere'
}

export function canAt(actor: Pick<Actor, 'reaches'>, permission: Permission, place: Place): boolean {
  const reach = actor.reaches.get(permission)
  if (reach === undefined || reach === 'everywhere') return reach === 'everywhere'
  const { buildingId, departmentId } = place
  return (
    (typeof buildingId === 'string' && reach.buildings.has(buildingId)) ||
    (typeof departmentId === 'string' && reach.departments.has(departmentId))
  )
}

/** The departments that a permission is limited to, for queries; null: it holds everywhere. */
export function departmentsWithin(actor: Pick<Actor, 'reaches'>, permission: Permission): string[] | null {
  const reach = actor.reaches.get(permission)
  return reach === 'everywhere' ? null : [...(reach?.departments ?? [])]
}

/** The same for buildings. */
export function buildingsWithin(actor: Pick<Actor, 'reaches'>, permission: Permission): string[] | null {
  const reach = actor.reaches.get(permission)
  return reach === 'everywhere' ? null : [...(reach?.buildings ?? [])]
}
