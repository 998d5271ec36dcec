import type { Role } from '@huiyue/contracts'

/** A role to look at or change, or a new one that starts like another. */
export type RoleTarget = { role: Role; readOnly: boolean } | { like: Role | null }

/** Under which name an unsaved role is kept. */
export function roleDraftName(role: Role | null): string {
  return role ? `role.${role.id}` : 'role.new'
}
