import type { Account, RoleAssignmentInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { validationError } from '../errors/app-error'
import { RoleAssignmentRepository, type Assignment } from '../role/role-assignment.repository'
import { keyOfAssignment, RoleAssignmentRules } from '../role/role-assignment.rules'
import type { Actor } from '../session/actor'
import { SessionEnding } from '../session/session-ending'
import { UserRepository } from '../user/user.repository'
import { AccountGuard, assertNotErased, assertNotOwn, isAdministratorOfEverything } from './account.guard'
import { shownRoles } from './account.history'
import { AccountQueries } from './account.queries'
import { AccountRepository } from './account.repository'

@scoped(Lifecycle.ContainerScoped)
export class AccountRolesService {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(AccountGuard) private readonly guard: AccountGuard,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(RoleAssignmentRules) private readonly rules: RoleAssignmentRules,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `putAccountRoles` */
  put(actor: Actor, id: string, wanted: readonly Required<RoleAssignmentInput>[]): Promise<Account> {
    return this.transactions.run(async (tx) => {
      const { assignments, issues } = await this.rules.check(actor, wanted, (index) => `roles.${index}`, tx)
      await this.change(
        actor,
        id,
        () => {
          if (issues.length > 0) throw validationError(issues)
          return assignments
        },
        tx,
      )
      return this.queries.present(actor, id, tx)
    })
  }

  /** @param rolesAfter what the person has afterwards, from what they have now; checked by the caller */
  async change(
    actor: Actor,
    id: string,
    rolesAfter: (held: readonly Assignment[]) => readonly Assignment[],
    tx: Tx,
    reason?: string,
  ): Promise<void> {
    const { user } = await this.guard.lock(actor, id, 'role:assign', tx)
    assertNotErased(user)
    assertNotOwn(actor, id)
    const held = user.roles ?? []
    const wanted = rolesAfter(held)
    const removed = without(held, wanted)
    const added = without(wanted, held)
    if (removed.length + added.length === 0) return
    if (removed.some(isAdministratorOfEverything)) await this.guard.assertNotLastAdministrator(user, tx)
    await this.assignments.delete(id, removed, tx)
    await this.assignments.insert(id, added, tx)
    await this.users.update(id, { updatedAt: this.clock.now() }, tx)
    this.sessions.rightsChanged([id], tx)
    const after = await this.accounts.findById(id, tx)
    await this.audit.append(
      actor,
      {
        action: 'account.roles_changed',
        target: user,
        before: { roles: shownRoles(held) },
        after: { roles: shownRoles(after?.roles ?? []) },
        reason,
      },
      tx,
    )
  }
}

function without<T extends Assignment>(some: readonly T[], others: readonly Assignment[]): T[] {
  const keys = new Set(others.map(keyOfAssignment))
  return some.filter((assignment) => !keys.has(keyOfAssignment(assignment)))
}
