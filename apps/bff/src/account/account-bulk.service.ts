import type { BulkResult, ErrorCode } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError, fieldIssue, validationError } from '../errors/app-error'
import type { Call } from '../http/call'
import { LoggerToken, type Logger } from '../logging/logger'
import type { Assignment } from '../role/role-assignment.repository'
import { keyOfAssignment, RoleAssignmentRules, toAssignment } from '../role/role-assignment.rules'
import { can, canAt, type Actor } from '../session/actor'
import { AccountAccessService } from './account-access.service'
import { AccountRolesService } from './account-roles.service'
import { AccountRepository } from './account.repository'
import { AccountRules } from './account.rules'
import { AccountService } from './account.service'

type Input = Call<'bulkAccounts'>['body']
type Work = (id: string, tx: Tx) => Promise<unknown>

/** The same change for many accounts, each in a transaction of its own: one that is refused holds up no other. */
@scoped(Lifecycle.ContainerScoped)
export class AccountBulkService {
  private readonly logger: Logger

  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(AccountService) private readonly service: AccountService,
    @inject(AccountRolesService) private readonly roles: AccountRolesService,
    @inject(AccountAccessService) private readonly access: AccountAccessService,
    @inject(AccountRules) private readonly rules: AccountRules,
    @inject(RoleAssignmentRules) private readonly assignmentRules: RoleAssignmentRules,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'account-bulk' })
  }

  /** @throws {AppError} what stands against the change as a whole */
  async run(actor: Actor, input: Input): Promise<BulkResult> {
    const work = await this.workOf(actor, input)
    const ids = [...new Set(input.ids)]
    const names = await this.visibleNames(actor, ids)
    const items: BulkResult['items'] = []
    for (const id of ids) {
      const error = await this.attempt(work, id)
      items.push({ id, name: names.get(id) ?? '', done: error === null, error })
    }
    const done = items.filter((item) => item.done).length
    return { items, done, failed: items.length - done }
  }

  private async workOf(actor: Actor, input: Input): Promise<Work> {
    const { action, reason } = input
    switch (action) {
      case 'enable':
      case 'disable': {
        const status = action === 'enable' ? 'active' : 'disabled'
        return (id, tx) => this.service.change(actor, id, { status, reason }, tx)
      }
      case 'move': {
        const { departmentId } = input
        if (departmentId === undefined) throw validationError([fieldIssue('departmentId', 'required')])
        const issues = await this.transactions.run((tx) => this.rules.check(actor, { departmentId }, tx))
        if (issues.length > 0) throw validationError(issues)
        return (id, tx) => this.service.change(actor, id, { departmentId, reason }, tx)
      }
      case 'add-role':
      case 'remove-role':
        return this.roleChange(actor, input)
      case 'end-sessions':
        if (!can(actor, 'session:end')) throw new AppError('FORBIDDEN', 'You may not end sessions of others')
        return (id, tx) => this.access.endSessionsIn(actor, id, tx, reason)
    }
  }

  private async roleChange(actor: Actor, { action, role, reason }: Input): Promise<Work> {
    if (!can(actor, 'role:assign')) throw new AppError('FORBIDDEN', 'You may not say which roles')
    if (!role) throw validationError([fieldIssue('role', 'required')])
    const changed = toAssignment(role)
    const others = (held: readonly Assignment[]) =>
      held.filter((assignment) => keyOfAssignment(assignment) !== keyOfAssignment(changed))
    if (action === 'remove-role') return (id, tx) => this.roles.change(actor, id, others, tx, reason)
    // For all of them first, and once more for each: somebody may change the role meanwhile.
    const check = async (tx: Tx) => {
      const { issues } = await this.assignmentRules.check(actor, [role], () => 'role', tx)
      if (issues.length > 0) throw validationError(issues)
    }
    await this.transactions.run(check)
    return async (id, tx) => {
      await check(tx)
      await this.roles.change(actor, id, (held) => [...others(held), changed], tx, reason)
    }
  }

  private async attempt(work: Work, id: string): Promise<ErrorCode | null> {
    try {
      await this.transactions.run((tx) => work(id, tx))
      return null
    } catch (error) {
      if (error instanceof AppError) return error.code
      this.logger.error({ err: error, userId: id }, 'one account of many could not be changed')
      return 'INTERNAL'
    }
  }

  /** Ids are not told apart from each other by names that the actor may not see. */
  private async visibleNames(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    const people = await this.accounts.namesOf(ids)
    const visible = people.filter(({ departmentId }) => canAt(actor, 'account:read', { departmentId }))
    return new Map(visible.map(({ id, name }) => [id, name]))
  }
}
