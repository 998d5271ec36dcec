import { permissions, type Role } from '@huiyue/contracts'
import { permissionsOfRole } from './reach'
import type { RoleModel } from './role.models'

export function presentRole(role: RoleModel, holders = 0): Role {
  const given = new Set(permissionsOfRole(role))
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    builtIn: role.builtIn,
    permissions: permissions.filter((name) => given.has(name)),
    holders,
  }
}
