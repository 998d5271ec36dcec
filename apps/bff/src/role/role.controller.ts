import { builtInRoles, type OperationResponse, type Role } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { RoleAssignmentRepository } from './role-assignment.repository'
import { presentRole } from './role.presenter'
import { RoleRepository } from './role.repository'
import { RoleService } from './role.service'

@scoped(Lifecycle.ContainerScoped)
export class RoleController {
  constructor(
    @inject(RoleRepository) private readonly roles: RoleRepository,
    @inject(RoleAssignmentRepository) private readonly assignments: RoleAssignmentRepository,
    @inject(RoleService) private readonly service: RoleService,
  ) {}

  /** Built-in ones first, in the product's order. */
  async list(): Promise<OperationResponse<'listRoles'>> {
    const [roles, holders] = await Promise.all([this.roles.findAll(), this.assignments.holderCounts()])
    const builtIn = builtInRoles.flatMap((id) => roles.find((role) => role.id === id && role.builtIn) ?? [])
    const items = [...builtIn, ...roles.filter((role) => !role.builtIn)].map((role) =>
      presentRole(role, holders.get(role.id)),
    )
    return { items, total: items.length }
  }

  create({ actor, body }: Call<'createRole'>): Promise<Role> {
    return this.service.create(actor, body)
  }

  update({ actor, params, body }: Call<'updateRole'>): Promise<Role> {
    return this.service.update(actor, params.id, body)
  }

  delete({ actor, params }: Call<'deleteRole'>): Promise<void> {
    return this.service.delete(actor, params.id)
  }
}
