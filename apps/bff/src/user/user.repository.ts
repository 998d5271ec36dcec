import { col, fn, Op, where, type Includeable, type Attributes } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { RoleAssignmentModel, RoleModel } from '../role/role.models'
import { BuildingModel } from '../room/building.model'
import { DepartmentModel, UserModel } from './user.models'

const withDepartment: Includeable = { model: DepartmentModel, as: 'department' }
/** Somebody's roles with what they give and where. */
const roles = {
  model: RoleAssignmentModel,
  as: 'roles',
  include: [
    { model: RoleModel, as: 'role' },
    { model: BuildingModel, as: 'building' },
    { model: DepartmentModel, as: 'department' },
  ],
}
export const withRoles: Includeable = roles
/** By a query of its own: joined, a limit would count roles instead of people. */
export const withRolesApart: Includeable = { ...roles, separate: true }

export type Credentials = Pick<UserModel, 'id' | 'username' | 'passwordHash'>

@scoped(Lifecycle.ContainerScoped)
export class UserRepository {
  findByUsername(username: string): Promise<UserModel | null> {
    return UserModel.findOne({ where: { usernameKey: keyOf(username) }, include: [withDepartment, withRoles] })
  }

  findById(id: string): Promise<UserModel | null> {
    return UserModel.findByPk(id, { include: [withDepartment, withRoles] })
  }

  async update(id: string, values: Partial<Attributes<UserModel>>, tx: Tx): Promise<void> {
    await UserModel.update(values, { where: { id }, transaction: tx })
  }

  /** False when the password is no longer the one that was read. */
  async replacePassword(
    user: Pick<UserModel, 'id' | 'passwordHash'>,
    values: Partial<Attributes<UserModel>> & { passwordHash: string },
    tx: Tx,
  ): Promise<boolean> {
    const where = { id: user.id, passwordHash: user.passwordHash }
    const [changed] = await UserModel.update(values, { where, transaction: tx })
    return changed === 1
  }

  /** What a password is compared with; nothing else is read, so that a name somebody has takes no longer than others. */
  findCredentials(username: string): Promise<Credentials | null> {
    const where = { usernameKey: keyOf(username) }
    return UserModel.findOne({ where, attributes: ['id', 'username', 'passwordHash'] })
  }

  /** Locks the account's row: what changes it waits, or has been. */
  lock(id: string, tx: Tx): Promise<UserModel | null> {
    return UserModel.findByPk(id, { transaction: tx, lock: tx.LOCK.UPDATE })
  }

  async noteLogin(id: string, at: Date, tx: Tx): Promise<void> {
    await UserModel.update({ lastLoginAt: at }, { where: { id }, transaction: tx })
  }

  async activeIdsAmong(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const rows = await UserModel.findAll({ where: { id: [...ids], status: 'active' }, attributes: ['id'], raw: true })
    return new Set(rows.map((row) => row.id))
  }

  /** Active people whose name or username contains the text, by name. */
  async search(query: {
    search?: string
    limit: number
    offset: number
  }): Promise<{ rows: UserModel[]; count: number }> {
    const text = keyOf(query.search ?? '')
    return UserModel.findAndCountAll({
      where: {
        status: 'active',
        // Not LIKE: people's names may have its wildcards in them.
        ...(text ? { [Op.and]: where(fn('INSTR', col('user.search_key'), text), Op.gt, 0) } : {}),
      },
      include: [withDepartment],
      order: [
        ['name', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: query.limit,
      offset: query.offset,
    })
  }
}

/** The form in which usernames are unique and texts are searched. */
export function keyOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** What people are searched by. Some characters become several in that form, and the column has an end. */
export function searchKeyOf({ name, username }: { name: string; username: string }): string {
  return [...`${keyOf(name)} ${keyOf(username)}`].slice(0, 255).join('')
}
