import type { ImportKind } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { shownAccount } from '../account/account.history'
import { AuditTrail, type Change as AuditedChange } from '../audit/audit-trail'
import type { Tx } from '../database/transaction-runner'
import { DepartmentTree } from '../department/department-tree'
import { RoleAssignmentRepository } from '../role/role-assignment.repository'
import type { Actor } from '../session/actor'
import { SessionEnding } from '../session/session-ending'
import { keyOf, searchKeyOf } from '../user/user.repository'
import type { PathNode } from './department-paths'
import type { Plan } from './import-planner'
import { chunksOf, PeopleRepository } from './people.repository'
import type { PlannedRow } from './planned-row'
import type { KnownAccount } from './user-plan'

/** Somebody new: the id and the password were settled before the transaction. */
export interface Newcomer {
  id: string
  passwordHash: string
}

export interface Writing {
  actor: Actor
  kind: ImportKind
  plan: Plan
  /** By line of the file. */
  newcomers: ReadonlyMap<number, Newcomer>
  now: Date
  passwordExpiresAt: Date
}

/** Carries out a plan, within one transaction. */
@scoped(Lifecycle.ContainerScoped)
export class ImportWriter {
  constructor(
    @inject(PeopleRepository) private readonly people: PeopleRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  async write(writing: Writing, tx: Tx): Promise<void> {
    await this.makeDepartments(writing, tx)
    if (writing.kind === 'departments') return this.updateDepartments(writing, tx)
    await this.createAccounts(writing, tx)
    await this.updateAccounts(writing, tx)
  }

  private async makeDepartments({ actor, plan }: Writing, tx: Tx): Promise<void> {
    const made = plan.departments.made()
    if (made.length === 0) return
    await this.people.insertDepartments(made.map(columnsOf), tx)
    const changes = made.map((node): AuditedChange => {
      return { action: 'department.created', target: node, after: shownDepartment(node, plan) }
    })
    await this.note(actor, changes, tx)
    // Roles limited to a department above one of these now reach it.
    const above = made.flatMap(({ parentId }) => (parentId ? plan.tree.lineage(parentId).map(({ id }) => id) : []))
    this.sessions.rightsChanged(await this.assignments.holdersWithin([...new Set(above)], tx), tx)
  }

  private async updateDepartments({ actor, plan }: Writing, tx: Tx): Promise<void> {
    const changed = rowsOf(plan, 'update').map(({ data, targetId }) => {
      const node = plan.departments.get(targetId ?? '')
      if (!node) throw new Error('A planned department is not among the paths')
      return { before: node, after: { ...node, sort: Number(data.sort) } }
    })
    await this.people.updateSorts(
      changed.map(({ after }) => columnsOf(after)),
      tx,
    )
    const changes = changed.map(({ before, after }): AuditedChange => {
      const [was, is] = [shownDepartment(before, plan), shownDepartment(after, plan)]
      return { action: 'department.updated', target: before, before: was, after: is }
    })
    await this.note(actor, changes, tx)
  }

  private async createAccounts(writing: Writing, tx: Tx): Promise<void> {
    const { actor, plan } = writing
    const tree = treeAfter(plan)
    for await (const rows of chunksOf(rowsOf(plan, 'create'))) {
      const users = rows.map((row) => newAccount(row, writing))
      await this.people.insertMembers(users, tx)
      const changes = users.map((user): AuditedChange => {
        return { action: 'account.created', target: user, after: { ...shownAccount(user, tree), roles: ['member'] } }
      })
      await this.audit.appendAll(actor, changes, tx)
    }
  }

  private async updateAccounts({ actor, plan, now }: Writing, tx: Tx): Promise<void> {
    const tree = treeAfter(plan)
    const byId = new Map([...plan.accounts.values()].map((account) => [account.id, account]))
    for await (const rows of chunksOf(rowsOf(plan, 'update'))) {
      const changed = rows.map((row) => {
        const before = byId.get(row.targetId ?? '')
        if (!before) throw new Error('A planned account is not among those that were read')
        return { before, after: changedAccount(before, row, plan, now) }
      })
      await this.people.updateAccounts(
        changed.map(({ after }) => after),
        tx,
      )
      const disabled = changed.filter(({ before, after }) => before.status === 'active' && after.status === 'disabled')
      if (disabled.length > 0)
        await this.sessions.end({ userIds: disabled.map(({ before }) => before.id) }, 'account_disabled', tx)
      const changes = changed.map(({ before, after }): AuditedChange => {
        const [was, is] = [shownAccount(before, tree), shownAccount(after, tree)]
        return { action: 'account.updated', target: before, before: was, after: is }
      })
      await this.audit.appendAll(actor, changes, tx)
    }
  }

  private async note(actor: Actor, changes: readonly AuditedChange[], tx: Tx): Promise<void> {
    for await (const chunk of chunksOf(changes)) await this.audit.appendAll(actor, chunk, tx)
  }
}

function rowsOf(plan: Plan, action: PlannedRow['action']): PlannedRow[] {
  return plan.rows.filter((row) => row.action === action)
}

function departmentOf(path: string | undefined, plan: Plan): string | null {
  return path === undefined ? null : (plan.departments.find(path.split('/'))?.id ?? null)
}

function newAccount({ line, data }: PlannedRow, { plan, newcomers, now, passwordExpiresAt }: Writing) {
  const newcomer = newcomers.get(line)
  if (!newcomer) throw new Error('Somebody new has no password')
  const { username = '', name = '', mobile = null, email = null, timeZone = null } = data
  return {
    ...{ username, name, mobile, email, timeZone },
    ...newcomer,
    usernameKey: keyOf(username),
    searchKey: searchKeyOf({ username, name }),
    departmentId: departmentOf(data.department, plan),
    locale: data.locale === 'en' ? ('en' as const) : ('zh-CN' as const),
    status: data.status === 'disabled' ? ('disabled' as const) : ('active' as const),
    mustChangePassword: true,
    passwordExpiresAt,
    createdAt: now,
    updatedAt: now,
  }
}

function changedAccount(account: KnownAccount, { data }: PlannedRow, plan: Plan, now: Date) {
  const { name, mobile, email, timeZone } = data
  const changed: KnownAccount = {
    ...account,
    ...(name === undefined ? {} : { name }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(email === undefined ? {} : { email }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(data.locale === 'en' || data.locale === 'zh-CN' ? { locale: data.locale } : {}),
    ...(data.status === 'active' || data.status === 'disabled' ? { status: data.status } : {}),
    ...(data.department === undefined ? {} : { departmentId: departmentOf(data.department, plan) }),
  }
  return { ...changed, searchKey: searchKeyOf(changed), updatedAt: now }
}

function columnsOf({ id, name, parentId, sort }: PathNode) {
  return { id, name, parentId, sort, parentKey: parentId ?? '', nameKey: keyOf(name) }
}

function shownDepartment({ name, parentId, sort }: PathNode, plan: Plan) {
  return { name, parent: parentId === null ? null : (plan.departments.get(parentId)?.path ?? null), sort }
}

/** The tree with the departments that the plan makes. */
function treeAfter({ tree, departments }: Plan): DepartmentTree {
  return new DepartmentTree([...tree.inOrder(), ...departments.made()])
}
