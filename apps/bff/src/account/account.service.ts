import type { Account, CreatedAccount } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { AppError, fieldIssue, validationError } from '../errors/app-error'
import type { Call } from '../http/call'
import { newId } from '../ids'
import { RoleAssignmentRepository } from '../role/role-assignment.repository'
import { RoleAssignmentRules, toAssignment } from '../role/role-assignment.rules'
import { can, type Actor } from '../session/actor'
import { PasswordHasher } from '../session/password-hasher'
import { SessionEnding } from '../session/session-ending'
import type { UserModel } from '../user/user.models'
import { keyOf, searchKeyOf, UserRepository } from '../user/user.repository'
import { AccountGuard, assertNotErased, assertNotOwn } from './account.guard'
import { shownAccount, shownRoles } from './account.history'
import { AccountQueries } from './account.queries'
import { AccountRepository } from './account.repository'
import { AccountRules } from './account.rules'
import { givenPasswordEnd, newOneTimePassword } from './one-time-password'

type NewAccount = Call<'createAccount'>['body']
type Change = Call<'updateAccount'>['body']

/** Lets people in, and changes what is known of them. */
@scoped(Lifecycle.ContainerScoped)
export class AccountService {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(AccountGuard) private readonly guard: AccountGuard,
    @inject(AccountRules) private readonly rules: AccountRules,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(RoleAssignmentRules) private readonly assignmentRules: RoleAssignmentRules,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `createAccount` */
  async create(actor: Actor, input: NewAccount): Promise<CreatedAccount> {
    if (input.roles && !can(actor, 'role:assign')) throw new AppError('FORBIDDEN', 'You may not say which roles')
    const password = input.initialPassword ?? newOneTimePassword()
    const passwordHash = await this.passwords.hash(password)
    const passwordExpiresAt = givenPasswordEnd(this.clock.now())
    const account = await this.write(async (tx) => {
      const assignments = await this.check(actor, input, tx)
      const id = newId()
      await this.accounts.insert({ ...this.rowOf(input), id, passwordHash, passwordExpiresAt }, tx)
      await this.assignments.insert(id, assignments, tx)
      await this.writeCreated(actor, id, tx)
      return this.queries.present(actor, id, tx)
    })
    const oneTime = { password, expiresAt: passwordExpiresAt.toISOString() }
    return { account, oneTimePassword: input.initialPassword === undefined ? oneTime : null }
  }

  /** @throws {AppError} see the operation `updateAccount` */
  update(actor: Actor, id: string, input: Change): Promise<Account> {
    return this.write(async (tx) => {
      await this.change(actor, id, input, tx)
      return this.queries.present(actor, id, tx)
    })
  }

  /** The same within a transaction of the caller's. */
  async change(actor: Actor, id: string, { reason, ...input }: Change, tx: Tx): Promise<void> {
    const issues = await this.rules.check(actor, input, tx)
    const { user, tree } = await this.guard.lock(actor, id, 'account:manage', tx)
    assertNotErased(user)
    if (issues.length > 0) throw validationError(issues)
    const isDisabled = input.status === 'disabled' && user.status === 'active'
    if (isDisabled) {
      assertNotOwn(actor, id)
      await this.guard.assertNotLastAdministrator(user, tx)
    }
    const before = user.get()
    const after: UserModel['_attributes'] = { ...before, ...named(input) }
    await this.users.update(
      id,
      {
        ...named(input),
        usernameKey: keyOf(after.username),
        searchKey: searchKeyOf(after),
        updatedAt: this.clock.now(),
      },
      tx,
    )
    if (isDisabled) await this.sessions.end({ userIds: [id] }, 'account_disabled', tx)
    await this.audit.append(
      actor,
      {
        action: 'account.updated',
        target: user,
        before: shownAccount(before, tree),
        after: shownAccount(after, tree),
        reason,
      },
      tx,
    )
  }

  private async check(actor: Actor, input: NewAccount, tx: Tx) {
    // All at once, in the order in which the others lock them: one after the other they could wait for each other.
    const scopes = (input.roles ?? []).flatMap(({ scope }) => (scope?.kind === 'department' ? [scope.id] : []))
    await this.departments.holdExisting([...(input.departmentId ? [input.departmentId] : []), ...scopes], tx)
    const issues = await this.rules.check(actor, input, tx)
    if (input.initialPassword !== undefined) issues.push(...this.rules.checkPassword(input.initialPassword, input))
    const given = await this.assignmentRules.check(actor, input.roles ?? [], (index) => `roles.${index}`, tx)
    issues.push(...given.issues)
    if (issues.length > 0) throw validationError(issues)
    return input.roles ? given.assignments : [toAssignment({ roleId: 'member', scope: null })]
  }

  private rowOf({ username, name, mobile, email, departmentId, locale, timeZone }: NewAccount) {
    const now = this.clock.now()
    return {
      ...{ username, name, mobile, email, departmentId, locale, timeZone },
      usernameKey: keyOf(username),
      searchKey: searchKeyOf({ username, name }),
      status: 'active' as const,
      mustChangePassword: true,
      createdAt: now,
      updatedAt: now,
    }
  }

  private async writeCreated(actor: Actor, id: string, tx: Tx): Promise<void> {
    const user = await this.accounts.findById(id, tx)
    if (!user) throw new Error('The account that was just made is not there')
    const after = { ...shownAccount(user, await this.departments.tree(tx)), roles: shownRoles(user.roles ?? []) }
    await this.audit.append(actor, { action: 'account.created', target: user, after }, tx)
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.transactions.run(work)
    } catch (error) {
      throw isUniqueViolation(error) ? validationError([fieldIssue('username', 'username_taken')]) : error
    }
  }
}

type Named<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what was left out. */
function named<T extends object>(input: T): Named<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Named<T>
}
