import * as z from 'zod/mini'

/** Everything somebody may be allowed to do, as `resource:action`. */
export const permissions = [
  'room:read',
  'user:read',
  'booking:read',
  'booking:create',
  'booking:manage',
  'notification:read',
  'notification:resend',
  'template:read',
  'template:update',
] as const
export const permission = z.enum(permissions)
export type Permission = z.infer<typeof permission>

export const roles = ['admin', 'manager', 'member'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

const member: readonly Permission[] = ['room:read', 'user:read', 'booking:read', 'booking:create']

/** `booking:manage` is the right to change other people's bookings. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  member,
  manager: [...member, 'booking:manage', 'notification:read', 'notification:resend', 'template:read'],
  admin: permissions,
}

export function permissionsOf(held: readonly Role[]): Permission[] {
  return permissions.filter((wanted) => held.some((name) => rolePermissions[name].includes(wanted)))
}
