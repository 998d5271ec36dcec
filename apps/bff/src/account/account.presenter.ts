import type { Account } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { presentBinding } from '../identity/wechat-binding.service'
import type { Actor } from '../session/actor'
import type { UserModel } from '../user/user.models'
import { presentAssignment } from '../user/user.presenter'
import { mayChange } from './account.policy'
import { AccountRepository } from './account.repository'

@scoped(Lifecycle.ContainerScoped)
export class AccountPresenter {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
  ) {}

  /** @param users with department and roles loaded */
  async present(users: readonly UserModel[], actor: Actor, tx?: Tx): Promise<Account[]> {
    const tree = await this.departments.tree(tx)
    const ids = users.map(({ id }) => id)
    const bindings = await this.accounts.bindingsOf(ids, tx)
    return users.map((user) => ({
      id: user.id,
      username: user.username,
      name: user.name,
      mobile: user.mobile,
      email: user.email,
      department: user.department
        ? { id: user.department.id, name: user.department.name, path: tree.pathOf(user.department.id) }
        : null,
      locale: user.locale,
      timeZone: user.timeZone,
      status: user.status,
      roles: (user.roles ?? []).map(presentAssignment),
      wechat: presentBinding(bindings.get(user.id) ?? null),
      mustChangePassword: user.mustChangePassword,
      lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
      createdAt: user.createdAt.toISOString(),
      updatedAt: user.updatedAt.toISOString(),
      canManage: user.status !== 'erased' && mayChange(actor, 'account:manage', user, tree),
    }))
  }
}
