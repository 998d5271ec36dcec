import type { Permission } from '@huiyue/contracts'
import type { DepartmentTree } from '../department/department-tree'
import { covers, reachesOf } from '../role/reach'
import { canAt, type Actor } from '../session/actor'
import type { UserModel } from '../user/user.models'

/** An account with its roles loaded. */
type Held = Pick<UserModel, 'departmentId' | 'roles'>

/**
 * Nobody gets at an account that has a right they lack: who could reset its password or give it away would have that
 * right next.
 */
export function isWithinRights(actor: Actor, account: Held, tree: DepartmentTree): boolean {
  return covers(
    actor.reaches,
    reachesOf(account.roles ?? [], (id) => tree.below(id)),
  )
}

export function mayChange(actor: Actor, permission: Permission, account: Held, tree: DepartmentTree): boolean {
  return canAt(actor, permission, { departmentId: account.departmentId }) && isWithinRights(actor, account, tree)
}
