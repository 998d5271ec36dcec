import type { AuditAction, AuditResource } from '@huiyue/contracts'
import { col, fn, Op, where, type FindOptions, type WhereOptions } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { logChunks, logPage, newestFirst, olderThan, searchedFrom, within } from '../database/log-reading'
import type { Tx } from '../database/transaction-runner'
import { UserModel } from '../user/user.models'
import { AuditModel } from './audit.models'

export interface AuditFilter {
  from?: string | undefined
  to?: string | undefined
  actorId?: string | undefined
  action?: AuditAction | undefined
  resource?: AuditResource | undefined
  targetId?: string | undefined
  requestId?: string | undefined
  /** In the target's name and the reason. */
  search?: string | undefined
}

const withActor = { model: UserModel, as: 'actor', attributes: ['id', 'name'] }

/** Reads the trail and lets it end; what writes it is `AuditTrail`. */
@scoped(Lifecycle.ContainerScoped)
export class AuditRepository {
  constructor(@inject(ClockToken) private readonly clock: Clock) {}

  /** Newest first, with the actor as they are called now. */
  list(filter: AuditFilter, page: { limit: number; offset: number }): Promise<{ rows: AuditModel[]; count: number }> {
    return logPage(AuditModel, matching(filter, this.clock.now()), withActor, page)
  }

  chunks(filter: AuditFilter, most: number): AsyncGenerator<AuditModel[]> {
    const wanted = matching(filter, this.clock.now())
    return logChunks((last, limit) => {
      const options: FindOptions = { where: { [Op.and]: [wanted, olderThan(last)] }, order: newestFirst, limit }
      return AuditModel.findAll({ ...options, include: withActor })
    }, most)
  }

  /** Removes at most so many entries that are older; answers how many. */
  deleteBefore(instant: Date, limit: number, tx: Tx): Promise<number> {
    return AuditModel.destroy({ where: { at: { [Op.lt]: instant } }, limit, transaction: tx })
  }
}

function matching({ from, to, search, ...exactly }: AuditFilter, now: Date): WhereOptions {
  const given = Object.fromEntries(Object.entries(exactly).filter(([, value]) => value !== undefined))
  if (!search) return { [Op.and]: [given, within(from, to)] }
  const text = search.toLowerCase()
  // Not LIKE: what people look for may have its wildcards in it.
  const contains = (column: string) => where(fn('INSTR', fn('LOWER', col(`auditEntry.${column}`)), text), Op.gt, 0)
  const found = { [Op.or]: [contains('target_name'), contains('reason')] }
  return { [Op.and]: [given, within(from ?? searchedFrom(to, now), to), found] }
}
