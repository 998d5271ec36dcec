import type { Account, OperationResponse, Permission } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { AppError } from '../errors/app-error'
import type { Call } from '../http/call'
import { canAt, departmentsWithin, type Actor } from '../session/actor'
import { AccountPresenter } from './account.presenter'
import { AccountRepository, type AccountFilter } from './account.repository'

type Wanted = Omit<AccountFilter, 'departmentIds'> & { departmentId?: string | undefined }

@scoped(Lifecycle.ContainerScoped)
export class AccountQueries {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(AccountPresenter) private readonly presenter: AccountPresenter,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
  ) {}

  async list(actor: Actor, query: Call<'listAccounts'>['query']): Promise<OperationResponse<'listAccounts'>> {
    const { rows, count } = await this.accounts.list(await this.filterFor(actor, 'account:read', query), query)
    return { items: await this.presenter.present(rows, actor), total: count }
  }

  /** What was asked for, as far as the permission reaches. */
  async filterFor(actor: Actor, permission: Permission, { departmentId, ...wanted }: Wanted): Promise<AccountFilter> {
    const within = departmentsWithin(actor, permission)
    if (departmentId === undefined) return { ...wanted, departmentIds: within }
    const asked = (await this.departments.tree()).below(departmentId)
    return { ...wanted, departmentIds: within ? asked.filter((id) => within.includes(id)) : asked }
  }

  /** @throws {AppError} `NOT_FOUND`, also for people whom the actor may not see */
  async get(actor: Actor, id: string): Promise<Account> {
    const user = await this.accounts.findById(id)
    if (!user || !canAt(actor, 'account:read', { departmentId: user.departmentId })) throw noSuchAccount()
    return this.present(actor, id)
  }

  /** The account as an operation answers it to whoever changed it. */
  async present(actor: Actor, id: string, tx?: Tx): Promise<Account> {
    const user = await this.accounts.findById(id, tx)
    const [presented] = user ? await this.presenter.present([user], actor, tx) : []
    if (!presented) throw noSuchAccount()
    return presented
  }
}

export function noSuchAccount(): AppError {
  return new AppError('NOT_FOUND', 'There is no such account')
}
