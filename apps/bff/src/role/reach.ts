import { builtInRole, permission, permissions, reachOf, rolePermissions, type Permission } from '@huiyue/contracts'
import { z } from 'zod'
import type { RoleAssignmentModel, RoleModel } from './role.models'

/** Where a permission holds. Departments are listed with all those below them. */
export type Reach = 'everywhere' | { buildings: ReadonlySet<string>; departments: ReadonlySet<string> }
export type Reaches = ReadonlyMap<Permission, Reach>

/** What a role gives: the product decides for built-in ones, their row for the others. */
export function permissionsOfRole(role: Pick<RoleModel, 'id' | 'builtIn' | 'permissions'>): readonly Permission[] {
  const builtIn = builtInRole.safeParse(role.id)
  if (role.builtIn) return builtIn.success ? rolePermissions[builtIn.data] : []
  // A permission that a later version dropped gives nothing.
  const stored = z.array(z.string()).parse(JSON.parse(role.permissions))
  return stored.flatMap((name) => permission.safeParse(name).data ?? [])
}

/**
 * Adds up what the roles of one person allow, and where.
 * @param assignments with their roles loaded
 * @param below the departments below one, itself included
 */
export function reachesOf(
  assignments: readonly Pick<RoleAssignmentModel, 'role' | 'buildingId' | 'departmentId'>[],
  below: (departmentId: string) => Iterable<string>,
): Reaches {
  const held = assignments.map(({ role, buildingId, departmentId }) => ({
    given: new Set(role ? permissionsOfRole(role) : []),
    kind: buildingId ? ('building' as const) : departmentId ? ('department' as const) : null,
    buildings: buildingId ? [buildingId] : [],
    departments: departmentId ? [...below(departmentId)] : [],
  }))
  const reaches = new Map<Permission, Reach>()
  for (const name of permissions) {
    const giving = held.filter(({ given }) => given.has(name))
    if (giving.some(({ kind }) => reachOf(name, kind) === 'everywhere')) {
      reaches.set(name, 'everywhere')
      continue
    }
    const limited = giving.filter(({ kind }) => reachOf(name, kind) === 'limited')
    if (limited.length > 0)
      reaches.set(name, {
        buildings: new Set(limited.flatMap(({ buildings }) => buildings)),
        departments: new Set(limited.flatMap(({ departments }) => departments)),
      })
  }
  return reaches
}

/** Whether everything the one may do, the other may do too, in at least the same places. */
export function covers(wide: Reaches, narrow: Reaches): boolean {
  return [...narrow].every(([name, needed]) => {
    const had = wide.get(name)
    if (had === 'everywhere') return true
    if (had === undefined || needed === 'everywhere') return false
    return (
      [...needed.buildings].every((id) => had.buildings.has(id)) &&
      [...needed.departments].every((id) => had.departments.has(id))
    )
  })
}
