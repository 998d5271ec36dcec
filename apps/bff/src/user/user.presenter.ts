import { permissions, type CurrentUser, type RoleAssignment, type UserSummary } from '@huiyue/contracts'
import { reachesOf } from '../role/reach'
import type { RoleAssignmentModel } from '../role/role.models'
import type { UserModel } from './user.models'

export function presentUserSummary(user: UserModel, wechatBound: boolean): UserSummary {
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    department: user.department?.name ?? null,
    wechatBound,
  }
}

/** @param user with department and roles loaded */
export function presentCurrentUser(user: UserModel): CurrentUser {
  const held = user.roles ?? []
  const reaches = reachesOf(held, (departmentId) => [departmentId])
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    department: user.department?.name ?? null,
    mobile: user.mobile,
    email: user.email,
    locale: user.locale,
    timeZone: user.timeZone,
    mustChangePassword: user.mustChangePassword,
    roles: [...new Set(held.map(({ roleId }) => roleId))].sort(),
    assignments: held.map(presentAssignment),
    permissions: permissions.filter((name) => reaches.has(name)),
  }
}

/** @param assignment with role and scope loaded */
export function presentAssignment(assignment: RoleAssignmentModel): RoleAssignment {
  const { roleId, role, building, department } = assignment
  return {
    roleId,
    roleName: role?.name ?? '',
    scope: building
      ? { kind: 'building', id: building.id, name: building.name }
      : department
        ? { kind: 'department', id: department.id, name: department.name }
        : null,
  }
}
