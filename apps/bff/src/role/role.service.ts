import { permissions, type Permission, type Role } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { isForeignKeyViolation, isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError, fieldIssue, validationError } from '../errors/app-error'
import type { Call } from '../http/call'
import { newId } from '../ids'
import { canEverywhere, type Actor } from '../session/actor'
import { SessionEnding } from '../session/session-ending'
import { keyOf } from '../user/user.repository'
import { permissionsOfRole } from './reach'
import { RoleAssignmentRepository } from './role-assignment.repository'
import type { RoleModel } from './role.models'
import { presentRole } from './role.presenter'
import { RoleRepository } from './role.repository'

type Draft = Call<'createRole'>['body']

/** Of the column; some characters become several in the form that is compared. */
const maxNameLength = 50
/** Of the people with a role, so many at a time are told that their rights changed. */
const chunk = 500

/** The roles of an installation's own making. */
@scoped(Lifecycle.ContainerScoped)
export class RoleService {
  constructor(
    @inject(RoleRepository) private readonly roles: RoleRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `createRole` */
  async create(actor: Actor, input: Draft): Promise<Role> {
    check(actor, input)
    const id = newId()
    const createdAt = this.clock.now()
    return this.write(async (tx) => {
      await this.roles.insert({ id, builtIn: false, ...columnsOf(input), createdAt, updatedAt: createdAt }, tx)
      const target = { id, name: input.name }
      await this.audit.append(actor, { action: 'role.created', target, after: shown(input) }, tx)
      return this.read(id, tx)
    })
  }

  /** @throws {AppError} see the operation `updateRole` */
  async update(actor: Actor, id: string, input: Draft): Promise<Role> {
    return this.write(async (tx) => {
      const role = assertOwn(await this.roles.lock(id, tx))
      const before = { ...role.get(), permissions: permissionsOfRole(role) }
      assertWithinRights(actor, before.permissions)
      check(actor, input)
      await this.roles.update(id, { ...columnsOf(input), updatedAt: this.clock.now() }, tx)
      await this.audit.append(
        actor,
        { action: 'role.updated', target: { id, name: before.name }, before: shown(before), after: shown(input) },
        tx,
      )
      const holders = await this.assignments.holdersOf(id, tx)
      for (let start = 0; start < holders.length; start += chunk)
        this.sessions.rightsChanged(holders.slice(start, start + chunk), tx)
      return this.read(id, tx, holders.length)
    })
  }

  /** @throws {AppError} see the operation `deleteRole` */
  async delete(actor: Actor, id: string): Promise<void> {
    try {
      await this.transactions.run(async (tx) => {
        const role = assertOwn(await this.roles.lock(id, tx))
        const before = { ...role.get(), permissions: permissionsOfRole(role) }
        assertWithinRights(actor, before.permissions)
        await this.roles.delete(id, tx)
        const target = { id, name: role.name }
        await this.audit.append(actor, { action: 'role.deleted', target, before: shown(before) }, tx)
      })
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new AppError('ROLE_IN_USE', 'Somebody still has this role')
      throw error
    }
  }

  private async write(work: (tx: Tx) => Promise<Role>): Promise<Role> {
    try {
      return await this.transactions.run(work)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw validationError([fieldIssue('name', 'name_taken')])
    }
  }

  private async read(id: string, tx: Tx, holders = 0): Promise<Role> {
    const role = await this.roles.lock(id, tx)
    if (!role) throw noSuchRole()
    return presentRole(role, holders)
  }
}

/** Nobody defines a role that gives more than they have: they could have somebody put it on them. */
function check(actor: Actor, { name, permissions: given }: Draft): void {
  const issues = given.flatMap((permission, index) =>
    canEverywhere(actor, permission) ? [] : [fieldIssue(`permissions.${index}`, 'not_allowed')],
  )
  if (keyOf(name).length > maxNameLength) issues.push(fieldIssue('name', 'too_long', { max: maxNameLength }))
  if (issues.length > 0) throw validationError(issues)
}

/** Nobody touches a role that gives more than they have. */
function assertWithinRights(actor: Actor, given: readonly Permission[]): void {
  if (!given.every((name) => canEverywhere(actor, name)))
    throw new AppError('FORBIDDEN', 'The role gives something that you do not have')
}

function columnsOf({ name, description, permissions: given }: Draft) {
  return { name, nameKey: keyOf(name), description, permissions: JSON.stringify(inOrder(given)) }
}

/** As the audit log shows it. */
function shown({
  name,
  description,
  permissions: given,
}: Pick<Draft, 'name' | 'description'> & { permissions: readonly string[] }) {
  return { name, description, permissions: inOrder(given) }
}

function inOrder(given: readonly string[]): string[] {
  return permissions.filter((name) => given.includes(name))
}

function assertOwn(role: RoleModel | null): RoleModel {
  if (!role) throw noSuchRole()
  if (role.builtIn) throw new AppError('ROLE_BUILT_IN', 'The product itself says what this role gives')
  return role
}

function noSuchRole(): AppError {
  return new AppError('NOT_FOUND', 'There is no such role')
}
