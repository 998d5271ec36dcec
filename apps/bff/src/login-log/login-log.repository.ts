import type { ClientId, LoginOutcome, LoginReason } from '@huiyue/contracts'
import { col, fn, Op, where, type FindOptions, type WhereOptions } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import { logChunks, newestFirst, olderThan, within } from '../database/log-reading'
import type { Tx } from '../database/transaction-runner'
import { keyOf } from '../user/user.repository'
import { UserModel } from '../user/user.models'
import { LoginLogModel } from './login-log.models'

export interface LoginFilter {
  from?: string | undefined
  to?: string | undefined
  userId?: string | undefined
  clientId?: ClientId | undefined
  result?: LoginOutcome | undefined
  reason?: LoginReason | undefined
  /** In the name or username, or the start of the address. */
  search?: string | undefined
}

const withUser = { include: [{ model: UserModel, as: 'user', attributes: ['id', 'name'] }] }

@scoped(Lifecycle.ContainerScoped)
export class LoginLogRepository {
  /** Newest first, with the person as they are called now. */
  async list(
    filter: LoginFilter,
    page: { limit: number; offset: number },
  ): Promise<{ rows: LoginLogModel[]; count: number }> {
    const wanted = matching(filter)
    const [rows, count] = await Promise.all([
      LoginLogModel.findAll({ where: wanted, ...withUser, order: newestFirst, ...page }),
      LoginLogModel.count({ where: wanted, ...(filter.search ? withUser : {}) }),
    ])
    return { rows, count }
  }

  chunks(filter: LoginFilter, most: number): AsyncGenerator<LoginLogModel[]> {
    const wanted = matching(filter)
    return logChunks((last, limit) => {
      const options: FindOptions = { where: { [Op.and]: [wanted, olderThan(last)] }, order: newestFirst, limit }
      return LoginLogModel.findAll({ ...options, ...withUser })
    }, most)
  }

  /** Removes at most so many entries that are older; answers how many. */
  deleteBefore(instant: Date, limit: number, tx: Tx): Promise<number> {
    return LoginLogModel.destroy({ where: { at: { [Op.lt]: instant } }, limit, transaction: tx })
  }
}

function matching({ from, to, search, ...exactly }: LoginFilter): WhereOptions {
  const given = Object.fromEntries(Object.entries(exactly).filter(([, value]) => value !== undefined))
  const text = keyOf(search ?? '')
  // Not LIKE: what people look for may have its wildcards in it.
  const contains = (place: ReturnType<typeof col> | ReturnType<typeof fn>) => where(fn('INSTR', place, text), Op.gt, 0)
  const found = {
    [Op.or]: [
      contains(col('user.search_key')),
      contains(fn('LOWER', col('loginEntry.username'))),
      where(fn('INSTR', col('loginEntry.address'), text), Op.eq, 1),
    ],
  }
  return { [Op.and]: [given, within(from, to), ...(text ? [found] : [])] }
}
