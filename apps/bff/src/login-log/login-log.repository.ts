import type { ClientId, LoginOutcome, LoginReason } from '@huiyue/contracts'
import { col, fn, Op, where, type FindOptions, type WhereOptions } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { addressesFrom } from '../client/addresses-from'
import { logChunks, logPage, newestFirst, olderThan, searchedFrom, within } from '../database/log-reading'
import type { Tx } from '../database/transaction-runner'
import { keyOf } from '../user/user.repository'
import { UserModel } from '../user/user.models'
import { idsOfPeopleLike } from '../user/user-search'
import { LoginLogModel } from './login-log.models'

export interface LoginFilter {
  from?: string | undefined
  to?: string | undefined
  userId?: string | undefined
  clientId?: ClientId | undefined
  result?: LoginOutcome | undefined
  reason?: LoginReason | undefined
  /** In the name or username, in what was typed where no account has it, or the start of the address. */
  search?: string | undefined
}

const withUser = { model: UserModel, as: 'user', attributes: ['id', 'name'] }

@scoped(Lifecycle.ContainerScoped)
export class LoginLogRepository {
  constructor(@inject(ClockToken) private readonly clock: Clock) {}

  /** Newest first, with the person as they are called now. */
  async list(
    filter: LoginFilter,
    page: { limit: number; offset: number },
  ): Promise<{ rows: LoginLogModel[]; count: number }> {
    return logPage(LoginLogModel, await matching(filter, this.clock.now()), withUser, page)
  }

  async *chunks(filter: LoginFilter, most: number): AsyncGenerator<LoginLogModel[]> {
    const wanted = await matching(filter, this.clock.now())
    yield* logChunks((last, limit) => {
      const options: FindOptions = { where: { [Op.and]: [wanted, olderThan(last)] }, order: newestFirst, limit }
      return LoginLogModel.findAll({ ...options, include: withUser })
    }, most)
  }

  /** Removes at most so many entries that are older; answers how many. */
  deleteBefore(instant: Date, limit: number, tx: Tx): Promise<number> {
    return LoginLogModel.destroy({ where: { at: { [Op.lt]: instant } }, limit, transaction: tx })
  }
}

async function matching({ from, to, search, ...exactly }: LoginFilter, now: Date): Promise<WhereOptions> {
  const given = Object.fromEntries(Object.entries(exactly).filter(([, value]) => value !== undefined))
  const text = keyOf(search ?? '')
  if (!text) return { [Op.and]: [given, within(from, to)] }
  // Each of them is found by an index.
  const found = {
    [Op.or]: [
      { userId: await idsOfPeopleLike(text) },
      { userId: null, [Op.and]: where(fn('INSTR', fn('LOWER', col('loginEntry.username')), text), Op.gt, 0) },
      addressesFrom(text),
    ],
  }
  return { [Op.and]: [given, within(from ?? searchedFrom(to, now), to), found] }
}
