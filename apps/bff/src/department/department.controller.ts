import type { Department, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { presentDepartment } from './department.presenter'
import { DepartmentRepository } from './department.repository'
import { DepartmentService } from './department.service'

@scoped(Lifecycle.ContainerScoped)
export class DepartmentController {
  constructor(
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(DepartmentService) private readonly service: DepartmentService,
  ) {}

  async list(): Promise<OperationResponse<'listDepartments'>> {
    const [tree, members] = await Promise.all([this.departments.tree(), this.departments.memberCounts()])
    const items = tree.inOrder().map((node) => presentDepartment(node, tree, members.get(node.id)))
    return { items, total: items.length }
  }

  create({ actor, body }: Call<'createDepartment'>): Promise<Department> {
    return this.service.create(actor, body)
  }

  update({ actor, params, body }: Call<'updateDepartment'>): Promise<Department> {
    return this.service.update(actor, params.id, body)
  }

  delete({ actor, params }: Call<'deleteDepartment'>): Promise<void> {
    return this.service.delete(actor, params.id)
  }
}
