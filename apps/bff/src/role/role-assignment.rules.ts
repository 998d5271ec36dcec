import { reachOf, type FieldIssue, type RoleAssignmentInput, type ScopeKind } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { fieldIssue } from '../errors/app-error'
import { RoomRepository } from '../room/room.repository'
import type { Actor } from '../session/actor'
import { covers, permissionsOfRole, reachesOf } from './reach'
import type { Assignment } from './role-assignment.repository'
import type { RoleModel } from './role.models'
import { RoleRepository } from './role.repository'

type Wanted = Required<RoleAssignmentInput>

/** Everything that exists, as far as it was named, and stays so until the transaction ends. */
interface Known {
  roles: ReadonlyMap<string, RoleModel>
  buildings: ReadonlySet<string>
  departments: ReadonlySet<string>
  below: (departmentId: string) => string[]
}

/** Which roles somebody may give to others, and where. */
@scoped(Lifecycle.ContainerScoped)
export class RoleAssignmentRules {
  constructor(
    @inject(RoleRepository) private readonly roles: RoleRepository,
    @inject(RoomRepository) private readonly rooms: RoomRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
  ) {}

  /** @param pathOf where in the request the assignment stands */
  async check(
    actor: Actor,
    wanted: readonly Wanted[],
    pathOf: (index: number) => string,
    tx: Tx,
  ): Promise<{ assignments: Assignment[]; issues: FieldIssue[] }> {
    const known = await this.lookUp(wanted, tx)
    const issues = wanted.flatMap((one, index) => faultOf(actor, one, pathOf(index), known) ?? [])
    const assignments = new Map(wanted.map(toAssignment).map((assignment) => [keyOfAssignment(assignment), assignment]))
    return { assignments: [...assignments.values()], issues }
  }

  private async lookUp(wanted: readonly Wanted[], tx: Tx): Promise<Known> {
    const idsOf = (kind: ScopeKind) => wanted.flatMap(({ scope }) => (scope?.kind === kind ? [scope.id] : []))
    const departments = await this.departments.holdExisting(idsOf('department'), tx)
    const tree = departments.size > 0 ? await this.departments.tree(tx) : null
    return {
      roles: await this.roles.holdExisting(
        wanted.map(({ roleId }) => roleId),
        tx,
      ),
      buildings: new Set(idsOf('building').length > 0 ? (await this.rooms.findBuildings(tx)).map(({ id }) => id) : []),
      departments,
      below: (id) => tree?.below(id) ?? [id],
    }
  }
}

/** What makes two assignments of one person the same. */
export function keyOfAssignment({ roleId, scopeKey }: Pick<Assignment, 'roleId' | 'scopeKey'>): string {
  return `${roleId} ${scopeKey}`
}

export function toAssignment({ roleId, scope }: Wanted): Assignment {
  return {
    roleId,
    scopeKey: scope ? `${scope.kind}:${scope.id}` : '',
    buildingId: scope?.kind === 'building' ? scope.id : null,
    departmentId: scope?.kind === 'department' ? scope.id : null,
  }
}

function faultOf(actor: Actor, wanted: Wanted, path: string, known: Known): FieldIssue | null {
  const { roleId, scope } = wanted
  const role = known.roles.get(roleId)
  if (!role) return fieldIssue(`${path}.roleId`, 'unknown_role')
  if (scope?.kind === 'building' && !known.buildings.has(scope.id))
    return fieldIssue(`${path}.scope.id`, 'unknown_building')
  if (scope?.kind === 'department' && !known.departments.has(scope.id))
    return fieldIssue(`${path}.scope.id`, 'unknown_department')
  if (scope && !permissionsOfRole(role).some((name) => reachOf(name, scope.kind) === 'limited'))
    return fieldIssue(`${path}.scope`, 'scope_unfit')
  // Nobody gives more than they have.
  const given = reachesOf([{ role, ...toAssignment(wanted) }], known.below)
  return covers(actor.reaches, given) ? null : fieldIssue(`${path}.roleId`, 'not_allowed')
}
