import type { ImportKind } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import type { DepartmentTree } from '../department/department-tree'
import { covers, reachesOf } from '../role/reach'
import { RoleAssignmentRepository } from '../role/role-assignment.repository'
import { RoleRepository } from '../role/role.repository'
import { can, canAt, type Actor } from '../session/actor'
import { DepartmentPaths } from './department-paths'
import { planDepartments } from './department-rows'
import { PeopleRepository, type HeldAssignment } from './people.repository'
import type { PlannedRow, ReadRow } from './planned-row'
import { planUsers, type KnownAccount } from './user-plan'

export interface Plan {
  rows: PlannedRow[]
  /** Of the rows' people, by the unique form of the username. */
  accounts: ReadonlyMap<string, KnownAccount>
  /** With those that are to be made. */
  departments: DepartmentPaths
  /** As it is before. */
  tree: DepartmentTree
}

/** Compares rows with what is there. The dry run and the application ask the same. */
@scoped(Lifecycle.ContainerScoped)
export class ImportPlanner {
  constructor(
    @inject(PeopleRepository) private readonly people: PeopleRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(RoleRepository) private readonly roles: RoleRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
  ) {}

  /** @param tx with it, nothing that the plan relies on is changed by others until its end */
  async plan(actor: Actor, kind: ImportKind, rows: readonly ReadRow[], tx?: Tx): Promise<Plan> {
    const tree = await (tx ? this.departments.lockTree(tx) : this.departments.tree())
    const departments = new DepartmentPaths(tree)
    const mayMakeDepartments = can(actor, 'department:manage')
    if (kind === 'departments') {
      const planned = await planDepartments(rows, departments, mayMakeDepartments)
      return { rows: planned, accounts: new Map(), departments, tree }
    }
    const keys = [...new Set(rows.map(({ uniqueKey }) => uniqueKey))]
    const accounts = await this.people.accounts(keys, tx)
    const planned = await planUsers(rows, {
      actorId: actor.userId,
      accounts,
      departments,
      mayManage: (departmentId) => canAt(actor, 'account:manage', { departmentId }),
      mayRead: (departmentId) => canAt(actor, 'account:read', { departmentId }),
      mayMakeDepartments,
      outOfReach: await this.outOfReach(actor, accounts, tree, tx),
      administrators: new Set(
        await (tx ? this.assignments.lockActiveAdministrators(tx) : this.people.administrators()),
      ),
    })
    return { rows: planned, accounts, departments, tree }
  }

  /** Who has a right that the actor lacks. */
  private async outOfReach(
    actor: Actor,
    accounts: ReadonlyMap<string, KnownAccount>,
    tree: DepartmentTree,
    tx?: Tx,
  ): Promise<Set<string>> {
    const roles = new Map((await this.roles.findAll(tx)).map((role) => [role.id, role]))
    const held = new Map<string, HeldAssignment[]>()
    const ids = [...accounts.values()].map(({ id }) => id)
    for (const one of await this.people.assignmentsOf(ids, tx))
      held.set(one.userId, [...(held.get(one.userId) ?? []), one])

    // Ten thousand people have a handful of combinations.
    const answers = new Map<string, boolean>()
    const isWithin = (assignments: readonly HeldAssignment[]) => {
      const combination = assignments.map(({ roleId, scopeKey }) => `${roleId} ${scopeKey}`).join()
      const known = answers.get(combination)
      if (known !== undefined) return known
      const loaded = assignments.flatMap((one) => {
        const role = roles.get(one.roleId)
        return role ? [{ ...one, role }] : []
      })
      const answer = covers(
        actor.reaches,
        reachesOf(loaded, (id) => tree.below(id)),
      )
      answers.set(combination, answer)
      return answer
    }
    return new Set([...held].filter(([, assignments]) => !isWithin(assignments)).map(([id]) => id))
  }
}
