import { col, fn, type CreationAttributes } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { DepartmentModel, UserModel } from '../user/user.models'
import { DepartmentTree } from './department-tree'

@scoped(Lifecycle.ContainerScoped)
export class DepartmentRepository {
  /** The whole tree, siblings in their order. */
  async tree(tx?: Tx): Promise<DepartmentTree> {
    const rows = await DepartmentModel.findAll({
      attributes: ['id', 'parentId', 'name', 'sort'],
      order: [
        ['sort', 'ASC'],
        ['name', 'ASC'],
      ],
      raw: true,
      ...(tx ? { transaction: tx } : {}),
    })
    return new DepartmentTree(rows)
  }

  /** The whole tree, which nobody else changes until the transaction ends: two moves could close a circle. */
  async lockTree(tx: Tx): Promise<DepartmentTree> {
    await DepartmentModel.findAll({
      attributes: ['id'],
      order: [['id', 'ASC']],
      raw: true,
      transaction: tx,
      lock: tx.LOCK.UPDATE,
    })
    return this.tree(tx)
  }

  /** Whether it is there, and stays so until the transaction ends. */
  async holdExisting(ids: readonly string[], tx: Tx): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const rows = await DepartmentModel.findAll({
      where: { id: [...new Set(ids)] },
      attributes: ['id'],
      order: [['id', 'ASC']],
      raw: true,
      transaction: tx,
      lock: tx.LOCK.SHARE,
    })
    return new Set(rows.map(({ id }) => id))
  }

  /** How many people are in each department that has any. */
  async memberCounts(tx?: Tx): Promise<Map<string, number>> {
    const rows = (await UserModel.findAll({
      attributes: ['departmentId', [fn('COUNT', col('id')), 'members']],
      group: ['departmentId'],
      raw: true,
      ...(tx ? { transaction: tx } : {}),
    })) as unknown as { departmentId: string | null; members: number }[]
    return new Map(rows.flatMap(({ departmentId, members }) => (departmentId ? [[departmentId, members]] : [])))
  }

  async insert(department: CreationAttributes<DepartmentModel>, tx: Tx): Promise<void> {
    await DepartmentModel.create(department, { transaction: tx })
  }

  async update(id: string, values: Partial<CreationAttributes<DepartmentModel>>, tx: Tx): Promise<void> {
    await DepartmentModel.update(values, { where: { id }, transaction: tx })
  }

  async delete(id: string, tx: Tx): Promise<void> {
    await DepartmentModel.destroy({ where: { id }, transaction: tx })
  }
}
