import { col, fn, Op } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { UserModel } from '../user/user.models'
import { RoleAssignmentModel } from './role.models'

/** A role, everywhere or in one place. */
export type Assignment = Pick<RoleAssignmentModel, 'roleId' | 'scopeKey' | 'buildingId' | 'departmentId'>

@scoped(Lifecycle.ContainerScoped)
export class RoleAssignmentRepository {
  async insert(userId: string, assignments: readonly Assignment[], tx: Tx): Promise<void> {
    const rows = assignments.map(({ roleId, scopeKey, buildingId, departmentId }) => ({
      ...{ userId, roleId, scopeKey, buildingId, departmentId },
    }))
    await RoleAssignmentModel.bulkCreate(rows, { transaction: tx })
  }

  async delete(userId: string, assignments: readonly Assignment[], tx: Tx): Promise<void> {
    for (const { roleId, scopeKey } of assignments)
      await RoleAssignmentModel.destroy({ where: { userId, roleId, scopeKey }, transaction: tx })
  }

  /**
   * Who of the administrators of everything could act, with their assignments locked in one order: two of them who
   * remove each other take turns.
   */
  async lockActiveAdministrators(tx: Tx): Promise<string[]> {
    const assigned = await RoleAssignmentModel.findAll({
      where: { roleId: 'admin', scopeKey: '' },
      attributes: ['userId'],
      order: [['userId', 'ASC']],
      raw: true,
      transaction: tx,
      lock: tx.LOCK.UPDATE,
    })
    const active = await UserModel.findAll({
      where: { id: assigned.map(({ userId }) => userId), status: 'active' },
      attributes: ['id'],
      raw: true,
      transaction: tx,
    })
    return active.map(({ id }) => id)
  }

  /** Everybody who has the role. */
  async holdersOf(roleId: string, tx: Tx): Promise<string[]> {
    const rows = await RoleAssignmentModel.findAll({
      where: { roleId },
      attributes: ['userId'],
      raw: true,
      transaction: tx,
    })
    return unique(rows)
  }

  /** Everybody with a role that is limited to one of these departments. */
  async holdersWithin(departmentIds: readonly string[], tx: Tx): Promise<string[]> {
    if (departmentIds.length === 0) return []
    const rows = await RoleAssignmentModel.findAll({
      where: { departmentId: { [Op.in]: [...departmentIds] } },
      attributes: ['userId'],
      raw: true,
      transaction: tx,
    })
    return unique(rows)
  }

  /** How many people have each role that anybody has. */
  async holderCounts(): Promise<Map<string, number>> {
    const rows = (await RoleAssignmentModel.findAll({
      attributes: ['roleId', [fn('COUNT', fn('DISTINCT', col('user_id'))), 'holders']],
      group: ['roleId'],
      raw: true,
    })) as unknown as { roleId: string; holders: number }[]
    return new Map(rows.map(({ roleId, holders }) => [roleId, holders]))
  }
}

function unique(rows: readonly { userId: string }[]): string[] {
  return [...new Set(rows.map(({ userId }) => userId))]
}
