import type { Permission, Role } from '@huiyue/contracts'

/** Who is calling. */
export interface Actor {
  userId: string
  sessionId: string
  roles: readonly Role[]
  permissions: ReadonlySet<Permission>
}

export function can(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has(permission)
}
