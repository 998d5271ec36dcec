import type { Permission } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import type { DepartmentTree } from '../department/department-tree'
import { AppError } from '../errors/app-error'
import { RoleAssignmentRepository } from '../role/role-assignment.repository'
import { canAt, type Actor } from '../session/actor'
import type { UserModel } from '../user/user.models'
import { isWithinRights } from './account.policy'
import { noSuchAccount } from './account.queries'
import { AccountRepository } from './account.repository'

export interface LockedAccount {
  /** With department and roles. */
  user: UserModel
  tree: DepartmentTree
}

/** Stands before every change of an account. */
@scoped(Lifecycle.ContainerScoped)
export class AccountGuard {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
  ) {}

  /**
   * The account as it stands now, locked until the transaction ends.
   * @throws {AppError} `NOT_FOUND`, also when the actor may not see it; `FORBIDDEN` when they may not do this to it
   */
  async lock(actor: Actor, id: string, permission: Permission, tx: Tx): Promise<LockedAccount> {
    const user = await this.accounts.lock(id, tx)
    if (!user) throw noSuchAccount()
    const tree = await this.departments.tree(tx)
    assertMayChange(actor, permission, user, tree)
    return { user, tree }
  }

  /**
   * Call it when the account is about to stop being an active administrator of everything.
   * @throws {AppError} `LAST_ADMINISTRATOR`
   */
  async assertNotLastAdministrator(user: UserModel, tx: Tx): Promise<void> {
    if (user.status !== 'active' || !(user.roles ?? []).some(isAdministratorOfEverything)) return
    const active = await this.assignments.lockActiveAdministrators(tx)
    if (!active.some((id) => id !== user.id))
      throw new AppError('LAST_ADMINISTRATOR', 'Nobody else could look after the installation')
  }
}

export function assertMayChange(actor: Actor, permission: Permission, user: UserModel, tree: DepartmentTree): void {
  const place = { departmentId: user.departmentId }
  if (!canAt(actor, permission, place)) {
    if (!canAt(actor, 'account:read', place)) throw noSuchAccount()
    throw new AppError('FORBIDDEN', 'You look after other departments')
  }
  if (!isWithinRights(actor, user, tree))
    throw new AppError('FORBIDDEN', 'The account has a right that you do not have')
}

export function assertNotErased(user: UserModel): void {
  if (user.status === 'erased') throw new AppError('ACCOUNT_ERASED', 'The account was erased')
}

export function assertNotOwn(actor: Actor, userId: string): void {
  if (actor.userId === userId) throw new AppError('OWN_ACCOUNT', 'Nobody does this to their own account')
}

export function isAdministratorOfEverything({ roleId, scopeKey }: { roleId: string; scopeKey: string }): boolean {
  return roleId === 'admin' && scopeKey === ''
}
