import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentModel } from '../user/user.models'
import { DepartmentTree } from './department-tree'

@scoped(Lifecycle.ContainerScoped)
export class DepartmentRepository {
  /** The whole tree, siblings in their order. */
  async tree(tx?: Tx): Promise<DepartmentTree> {
    const rows = await DepartmentModel.findAll({
      order: [
        ['sort', 'ASC'],
        ['name', 'ASC'],
      ],
      ...(tx ? { transaction: tx } : {}),
    })
    return new DepartmentTree(rows)
  }
}
