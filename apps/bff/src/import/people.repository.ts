import { Op, type CreationAttributes, type FindOptions } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { RoleAssignmentModel } from '../role/role.models'
import { DepartmentModel, UserModel } from '../user/user.models'
import type { KnownAccount } from './user-plan'

/** Rows of one statement: short enough that nobody notices it, long enough that ten thousand are soon done. */
export const chunkSize = 100

export type HeldAssignment = Pick<RoleAssignmentModel, 'userId' | 'roleId' | 'scopeKey' | 'buildingId' | 'departmentId'>

const accountColumns = [
  ...(['id', 'username', 'usernameKey', 'name', 'mobile', 'email', 'departmentId', 'locale', 'timeZone'] as const),
  ...(['status', 'passwordHash', 'createdAt'] as const),
]

/** Accounts and departments by the thousand, chunk by chunk; other requests are served between two. */
@scoped(Lifecycle.ContainerScoped)
export class PeopleRepository {
  /** By the unique form of the username; with a transaction, locked until its end. */
  async accounts(usernameKeys: readonly string[], tx?: Tx): Promise<Map<string, KnownAccount>> {
    const found = new Map<string, KnownAccount>()
    for await (const keys of chunksOf(usernameKeys)) {
      const options: FindOptions = tx ? { transaction: tx, lock: tx.LOCK.UPDATE } : {}
      const where = { usernameKey: [...keys] }
      const order: [string, 'ASC'][] = [['id', 'ASC']]
      const rows = await UserModel.findAll({ where, attributes: accountColumns, order, raw: true, ...options })
      for (const row of rows) found.set(row.usernameKey, row)
    }
    return found
  }

  async assignmentsOf(userIds: readonly string[], tx?: Tx): Promise<HeldAssignment[]> {
    const found: HeldAssignment[] = []
    for await (const ids of chunksOf(userIds))
      found.push(
        ...(await RoleAssignmentModel.findAll({
          where: { userId: [...ids] },
          raw: true,
          ...(tx ? { transaction: tx } : {}),
        })),
      )
    return found
  }

  /** Ids of the active administrators of everything. */
  async administrators(): Promise<string[]> {
    const role = { model: RoleAssignmentModel, as: 'roles', attributes: [], where: { roleId: 'admin', scopeKey: '' } }
    const rows = await UserModel.findAll({ where: { status: 'active' }, attributes: ['id'], include: [role] })
    return rows.map(({ id }) => id)
  }

  async insertDepartments(rows: readonly CreationAttributes<DepartmentModel>[], tx: Tx): Promise<void> {
    for await (const chunk of chunksOf(rows)) await DepartmentModel.bulkCreate([...chunk], { transaction: tx })
  }

  /** Sets the order of departments that are there. */
  async updateSorts(rows: readonly CreationAttributes<DepartmentModel>[], tx: Tx): Promise<void> {
    for await (const chunk of chunksOf(rows))
      await DepartmentModel.bulkCreate([...chunk], { transaction: tx, updateOnDuplicate: ['sort'] })
  }

  async insertMembers(users: CreationAttributes<UserModel>[], tx: Tx): Promise<void> {
    await UserModel.bulkCreate(users, { transaction: tx })
    const roles = users.map(({ id }) => ({ userId: id, roleId: 'member' }))
    await RoleAssignmentModel.bulkCreate(roles, { transaction: tx })
  }

  /** Sets what an import can change of accounts that are there. */
  async updateAccounts(users: CreationAttributes<UserModel>[], tx: Tx): Promise<void> {
    await UserModel.bulkCreate(users, {
      transaction: tx,
      updateOnDuplicate: [
        ...(['name', 'searchKey', 'mobile', 'email', 'departmentId', 'locale', 'timeZone'] as const),
        ...(['status', 'updatedAt'] as const),
      ],
    })
  }

  /** Those among them who still have the password that they were given until then. */
  stillWaiting(
    ids: readonly string[],
    passwordExpiresAt: Date,
  ): Promise<Pick<UserModel, 'id' | 'username' | 'name'>[]> {
    const where = { id: { [Op.in]: [...ids] }, mustChangePassword: true, passwordExpiresAt }
    return UserModel.findAll({ where, attributes: ['id', 'username', 'name'], raw: true })
  }
}

export async function* chunksOf<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += chunkSize) {
    yield items.slice(start, start + chunkSize)
    await new Promise(setImmediate)
  }
}
