import { permissions, type Permission } from '@huiyue/contracts'
import type { PermissionResource } from '@/messages/zh-cn/organization'

export interface PermissionGroup {
  resource: PermissionResource
  permissions: Permission[]
}

const resourceOf = (permission: Permission) => permission.split(':')[0] as PermissionResource

/** All permissions by what they are about, in the contract's order. */
export const permissionGroups: readonly PermissionGroup[] = [...new Set(permissions.map(resourceOf))].map(
  (resource) => ({ resource, permissions: permissions.filter((one) => resourceOf(one) === resource) }),
)

/** Chosen ones in the contract's order, however they were ticked. */
export function inOrder(chosen: ReadonlySet<Permission>): Permission[] {
  return permissions.filter((one) => chosen.has(one))
}
