import * as z from 'zod/mini'
import { id, line, requiredLine } from './common'

/** Everything somebody may be allowed to do, as `resource:action`. */
export const permissions = [
  'room:read',
  'user:read',
  'department:read',
  'booking:read',
  'booking:create',
  'booking:create-for-others',
  'booking:manage',
  'notification:read',
  'notification:resend',
  'template:read',
  'template:update',
  'account:read',
  'account:manage',
  'account:import',
  'account:export',
  'account:erase',
  'department:manage',
  'role:read',
  'role:manage',
  'role:assign',
  'session:read',
  'session:end',
  'login-log:read',
  'audit-log:read',
] as const
export const permission = z.enum(permissions)
export type Permission = z.infer<typeof permission>

export const builtInRoles = ['admin', 'manager', 'frontdesk', 'member'] as const
export const builtInRole = z.enum(builtInRoles)
export type BuiltInRole = z.infer<typeof builtInRole>

const member: readonly Permission[] = ['room:read', 'user:read', 'department:read', 'booking:read', 'booking:create']

/**
 * The roles that every installation has and nobody can change; an update of the product may add to them.
 * `booking:manage` is the right to change other people's bookings, `booking:create-for-others` to book in their name.
 */
export const rolePermissions: Record<BuiltInRole, readonly Permission[]> = {
  member,
  frontdesk: [...member, 'booking:create-for-others', 'notification:read'],
  manager: [
    ...member,
    'booking:create-for-others',
    'booking:manage',
    'notification:read',
    'notification:resend',
    'template:read',
  ],
  admin: permissions,
}

export const scopeKinds = ['building', 'department'] as const
export const scopeKind = z.enum(scopeKinds)
export type ScopeKind = z.infer<typeof scopeKind>

/**
 * What a role gives when it is assigned for one building or one department (with those below it) only: the permissions
 * that can be limited that way, there; and what every member has, everywhere. The rest it does not give.
 */
export const limitablePermissions: Record<ScopeKind, readonly Permission[]> = {
  building: ['booking:create-for-others', 'booking:manage', 'notification:read', 'notification:resend'],
  department: [
    'booking:create-for-others',
    'booking:manage',
    'account:read',
    'account:manage',
    'account:export',
    'session:read',
    'session:end',
  ],
}

/** Whether a role assigned within a scope (null: everywhere) gives this permission at all, and if so, where. */
export function reachOf(wanted: Permission, limitedTo: ScopeKind | null): 'everywhere' | 'limited' | 'nowhere' {
  if (limitedTo === null || member.includes(wanted)) return 'everywhere'
  return limitablePermissions[limitedTo].includes(wanted) ? 'limited' : 'nowhere'
}

export const role = z.object({
  /** The name of the built-in role, or an opaque id. */
  id,
  /** Clients have words of their own for built-in roles. */
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  permissions: z.array(permission),
  /** How many accounts have it. */
  holders: z.int(),
})
export type Role = z.infer<typeof role>

export const roleInput = z.object({
  name: requiredLine(50),
  description: z._default(line(200), ''),
  permissions: z.array(permission).check(z.minLength(1)),
})
export type RoleInput = z.input<typeof roleInput>

/** A role as somebody has it: everywhere (`scope: null`), or for one building or department. */
export const roleAssignment = z.object({
  roleId: id,
  roleName: z.string(),
  scope: z.nullable(z.object({ kind: scopeKind, id, name: z.string() })),
})
export type RoleAssignment = z.infer<typeof roleAssignment>

export const roleAssignmentInput = z.object({
  roleId: id,
  scope: z._default(z.nullable(z.object({ kind: scopeKind, id })), null),
})
export type RoleAssignmentInput = z.input<typeof roleAssignmentInput>

export const roleAssignmentsInput = z.object({
  roles: z.array(roleAssignmentInput).check(z.maxLength(50)),
})

export const building = z.object({ id, name: z.string() })
export type Building = z.infer<typeof building>
