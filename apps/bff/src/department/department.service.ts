import { maxDepartmentDepth, type Department, type FieldIssue } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { isForeignKeyViolation, isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError, fieldIssue, validationError } from '../errors/app-error'
import type { Call } from '../http/call'
import { newId } from '../ids'
import { RoleAssignmentRepository } from '../role/role-assignment.repository'
import type { Actor } from '../session/actor'
import { SessionEnding } from '../session/session-ending'
import { keyOf } from '../user/user.repository'
import type { DepartmentTree } from './department-tree'
import { presentDepartment } from './department.presenter'
import { DepartmentRepository } from './department.repository'

/** What a department is to be. */
interface Draft {
  name: string
  parentId: string | null
  sort: number
}

@scoped(Lifecycle.ContainerScoped)
export class DepartmentService {
  constructor(
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  /** @throws {AppError} see the operation `createDepartment` */
  async create(actor: Actor, input: Call<'createDepartment'>['body']): Promise<Department> {
    const id = newId()
    return this.write(async (tx) => {
      const before = await this.departments.lockTree(tx)
      check(input, before)
      await this.departments.insert({ id, ...columnsOf(input) }, tx)
      const target = { id, name: input.name }
      await this.audit.append(actor, { action: 'department.created', target, after: shown(input, before) }, tx)
      await this.reachChanged(before, [input.parentId], tx)
      return this.read(id, tx)
    })
  }

  /** @throws {AppError} see the operation `updateDepartment` */
  async update(actor: Actor, id: string, input: Call<'updateDepartment'>['body']): Promise<Department> {
    return this.write(async (tx) => {
      const tree = await this.departments.lockTree(tx)
      const before = tree.get(id)
      if (!before) throw noSuchDepartment()
      const wanted: Draft = {
        name: input.name ?? before.name,
        parentId: input.parentId === undefined ? before.parentId : input.parentId,
        sort: input.sort ?? before.sort,
      }
      check(wanted, tree, id)
      if (wanted.parentId !== before.parentId) assertNoWiderReach(actor, tree.below(id), wanted.parentId)
      await this.departments.update(id, columnsOf(wanted), tx)
      await this.audit.append(
        actor,
        {
          action: 'department.updated',
          target: { id, name: before.name },
          before: shown(before, tree),
          after: shown(wanted, tree),
        },
        tx,
      )
      if (wanted.parentId !== before.parentId) await this.reachChanged(tree, [before.parentId, wanted.parentId], tx)
      return this.read(id, tx)
    })
  }

  /** @throws {AppError} see the operation `deleteDepartment` */
  async delete(actor: Actor, id: string): Promise<void> {
    try {
      await this.transactions.run(async (tx) => {
        const tree = await this.departments.lockTree(tx)
        const before = tree.get(id)
        if (!before) throw noSuchDepartment()
        await this.departments.delete(id, tx)
        const target = { id, name: before.name }
        await this.audit.append(actor, { action: 'department.deleted', target, before: shown(before, tree) }, tx)
      })
    } catch (error) {
      if (isForeignKeyViolation(error))
        throw new AppError('DEPARTMENT_NOT_EMPTY', 'It has people, departments below it, or roles limited to it')
      throw error
    }
  }

  private async write(work: (tx: Tx) => Promise<Department>): Promise<Department> {
    try {
      return await this.transactions.run(work)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw validationError([fieldIssue('name', 'name_taken')])
    }
  }

  /** Roles limited to one of these, or to one above them, now reach other departments. */
  private async reachChanged(tree: DepartmentTree, places: readonly (string | null)[], tx: Tx): Promise<void> {
    const above = places.flatMap((id) => (id ? tree.lineage(id).map((node) => node.id) : []))
    this.sessions.rightsChanged(await this.assignments.holdersWithin([...new Set(above)], tx), tx)
  }

  private async read(id: string, tx: Tx): Promise<Department> {
    const tree = await this.departments.tree(tx)
    const node = tree.get(id)
    if (!node) throw noSuchDepartment()
    return presentDepartment(node, tree, (await this.departments.memberCounts(tx)).get(id))
  }
}

function check(wanted: Draft, tree: DepartmentTree, movedId?: string): void {
  const issue = faultOf(wanted, tree, movedId)
  if (issue) throw validationError([issue])
}

function faultOf({ name, parentId }: Draft, tree: DepartmentTree, movedId?: string): FieldIssue | null {
  if (keyOf(name).length > maxNameLength) return fieldIssue('name', 'too_long', { max: maxNameLength })
  if (parentId === null) return null
  if (!tree.has(parentId)) return fieldIssue('parentId', 'unknown_department')
  if (movedId && tree.below(movedId).includes(parentId)) return fieldIssue('parentId', 'department_cycle')
  const depth = tree.lineage(parentId).length + (movedId ? tree.heightOf(movedId) : 1)
  return depth > maxDepartmentDepth ? fieldIssue('parentId', 'too_big', { max: maxDepartmentDepth }) : null
}

/** Nobody moves departments to where they themselves have a right, and so get it over more people than they had. */
function assertNoWiderReach(actor: Actor, moved: readonly string[], parentId: string | null): void {
  if (parentId === null) return
  for (const reach of actor.reaches.values()) {
    if (reach === 'everywhere' || !reach.departments.has(parentId)) continue
    if (moved.some((id) => !reach.departments.has(id)))
      throw new AppError('FORBIDDEN', 'Your own rights would reach further')
  }
}

/** Of the column; some characters become several in the form that is compared. */
const maxNameLength = 100

function columnsOf({ name, parentId, sort }: Draft) {
  return { name, parentId, sort, parentKey: parentId ?? '', nameKey: keyOf(name) }
}

/** As the audit log shows it. */
function shown({ name, parentId, sort }: Draft, tree: DepartmentTree) {
  return { name, parent: parentId && tree.pathOf(parentId), sort }
}

function noSuchDepartment(): AppError {
  return new AppError('NOT_FOUND', 'There is no such department')
}
