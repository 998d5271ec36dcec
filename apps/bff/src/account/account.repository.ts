import type { AccountStatus, accountSorts, SortOrder } from '@huiyue/contracts'
import {
  col,
  fn,
  literal,
  Op,
  where,
  type CreationAttributes,
  type Includeable,
  type Sequelize,
  type WhereOptions,
} from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import { SequelizeToken } from '../database/sequelize'
import type { Tx } from '../database/transaction-runner'
import { IdentityModel } from '../identity/identity.model'
import { DepartmentModel, UserModel } from '../user/user.models'
import { keyOf, withRoles, withRolesApart } from '../user/user.repository'

export interface AccountFilter {
  search?: string | undefined
  /** Null: wherever they are. */
  departmentIds: readonly string[] | null
  roleId?: string | undefined
  status?: AccountStatus | undefined
  wechatBound?: boolean | undefined
}

export interface AccountPage {
  sort: (typeof accountSorts)[number]
  order: SortOrder
  limit: number
  offset: number
}

const chunkSize = 500

const withDepartment: Includeable = { model: DepartmentModel, as: 'department' }

/** People as staff look after them. */
@scoped(Lifecycle.ContainerScoped)
export class AccountRepository {
  private readonly boundHere: { provider: 'wx_mp'; appId: string }

  constructor(
    @inject(SequelizeToken) private readonly sequelize: Sequelize,
    @inject(ConfigToken) config: Config,
  ) {
    this.boundHere = { provider: 'wx_mp', appId: config.wechat.appId }
  }

  async list(filter: AccountFilter, page: AccountPage): Promise<{ rows: UserModel[]; count: number }> {
    const matching = this.matching(filter)
    const [count, rows] = await Promise.all([
      UserModel.count({ where: matching }),
      UserModel.findAll({
        where: matching,
        include: [withDepartment, withRolesApart],
        order: [
          [page.sort === 'username' ? 'usernameKey' : page.sort, page.order],
          ['id', page.order],
        ],
        limit: page.limit,
        offset: page.offset,
      }),
    ])
    return { rows, count }
  }

  /** All of them by username, some hundred at a time; other requests are served in between. */
  async *chunks(filter: AccountFilter): AsyncGenerator<UserModel[]> {
    const matching = this.matching(filter)
    for (let last = ''; ;) {
      const rows = await UserModel.findAll({
        where: { [Op.and]: [matching, { usernameKey: { [Op.gt]: last } }] },
        order: [['usernameKey', 'ASC']],
        limit: chunkSize,
        raw: true,
      })
      if (rows.length > 0) yield rows
      if (rows.length < chunkSize) return
      last = rows.at(-1)?.usernameKey ?? last
    }
  }

  findById(id: string, tx?: Tx): Promise<UserModel | null> {
    return UserModel.findByPk(id, { include: [withDepartment, withRoles], ...(tx ? { transaction: tx } : {}) })
  }

  namesOf(ids: readonly string[]): Promise<Pick<UserModel, 'id' | 'name' | 'departmentId'>[]> {
    return UserModel.findAll({ where: { id: [...ids] }, attributes: ['id', 'name', 'departmentId'], raw: true })
  }

  /** The account as it stands now; nobody else changes it until the transaction ends. */
  async lock(id: string, tx: Tx): Promise<UserModel | null> {
    // Alone: joined, the lock would be on departments and roles as well.
    const locked = await UserModel.findByPk(id, { attributes: ['id'], transaction: tx, lock: tx.LOCK.UPDATE })
    return locked && this.findById(id, tx)
  }

  async insert(user: CreationAttributes<UserModel>, tx: Tx): Promise<void> {
    await UserModel.create(user, { transaction: tx })
  }

  /** Who of these people is bound to a WeChat user. */
  async bindingsOf(userIds: readonly string[], tx?: Tx): Promise<Map<string, IdentityModel>> {
    if (userIds.length === 0) return new Map()
    const rows = await IdentityModel.findAll({
      where: { ...this.boundHere, userId: [...userIds] },
      ...(tx ? { transaction: tx } : {}),
    })
    return new Map(rows.map((row) => [row.userId, row]))
  }

  private matching(filter: AccountFilter): WhereOptions<UserModel> {
    const { departmentIds, roleId, status, wechatBound } = filter
    const { provider, appId } = this.boundHere
    const conditions: WhereOptions[] = []
    const search = keyOf(filter.search ?? '')
    if (search) conditions.push({ [Op.or]: containing(search) })
    if (departmentIds) conditions.push({ departmentId: [...departmentIds] })
    if (roleId)
      conditions.push(this.idAmong(`SELECT user_id FROM role_assignments WHERE role_id = ${this.quote(roleId)}`))
    if (status) conditions.push({ status })
    if (wechatBound !== undefined)
      conditions.push(
        this.idAmong(
          `SELECT user_id FROM user_identities WHERE provider = ${this.quote(provider)} AND app_id = ${this.quote(appId)}`,
          wechatBound,
        ),
      )
    return { [Op.and]: conditions }
  }

  private idAmong(query: string, isAmong = true): WhereOptions {
    return { id: { [isAmong ? Op.in : Op.notIn]: literal(`(${query})`) } }
  }

  private quote(value: string): string {
    return this.sequelize.escape(value)
  }
}

/** Not LIKE: names and addresses may have its wildcards in them. */
function containing(text: string): ReturnType<typeof where>[] {
  const has = (column: Parameters<typeof fn>[1], part: string) => where(fn('INSTR', column, part), Op.gt, 0)
  const digits = text.replace(/[\s-]+/g, '')
  return [
    has(col('user.search_key'), text),
    has(fn('LOWER', col('user.email')), text),
    ...(digits ? [has(col('user.mobile'), digits)] : []),
  ]
}
