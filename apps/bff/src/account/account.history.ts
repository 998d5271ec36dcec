import type { DepartmentTree } from '../department/department-tree'
import type { RoleAssignmentModel } from '../role/role.models'
import type { UserModel } from '../user/user.models'
import { presentAssignment } from '../user/user.presenter'

type Shown = Pick<
  UserModel,
  'username' | 'name' | 'mobile' | 'email' | 'departmentId' | 'locale' | 'timeZone' | 'status'
>

/** An account's fields as the audit log shows them. */
export function shownAccount(account: Shown, tree: DepartmentTree): Record<string, string | null> {
  const { username, name, mobile, email, departmentId, locale, timeZone, status } = account
  const department = departmentId && tree.pathOf(departmentId)
  return { username, name, mobile, email, department, locale, timeZone, status }
}

/** Roles as the audit log shows them, such as `manager @ A 座`. @param assignments with role and scope loaded */
export function shownRoles(assignments: readonly RoleAssignmentModel[]): string[] {
  return assignments
    .map(presentAssignment)
    .map(({ roleName, scope }) => (scope ? `${roleName} @ ${scope.name}` : roleName))
    .sort()
}
