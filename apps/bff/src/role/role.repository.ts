import type { CreationAttributes } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { RoleModel } from './role.models'

@scoped(Lifecycle.ContainerScoped)
export class RoleRepository {
  findAll(tx?: Tx): Promise<RoleModel[]> {
    return RoleModel.findAll({ order: [['name', 'ASC']], ...(tx ? { transaction: tx } : {}) })
  }

  lock(id: string, tx: Tx): Promise<RoleModel | null> {
    return RoleModel.findByPk(id, { transaction: tx, lock: tx.LOCK.UPDATE })
  }

  /** Those that are there; they stay as they are until the transaction ends. */
  async holdExisting(ids: readonly string[], tx: Tx): Promise<Map<string, RoleModel>> {
    if (ids.length === 0) return new Map()
    const rows = await RoleModel.findAll({
      where: { id: [...new Set(ids)] },
      order: [['id', 'ASC']],
      transaction: tx,
      lock: tx.LOCK.SHARE,
    })
    return new Map(rows.map((row) => [row.id, row]))
  }

  async insert(role: CreationAttributes<RoleModel>, tx: Tx): Promise<void> {
    await RoleModel.create(role, { transaction: tx })
  }

  async update(id: string, values: Partial<CreationAttributes<RoleModel>>, tx: Tx): Promise<void> {
    await RoleModel.update(values, { where: { id }, transaction: tx })
  }

  async delete(id: string, tx: Tx): Promise<void> {
    await RoleModel.destroy({ where: { id }, transaction: tx })
  }
}
