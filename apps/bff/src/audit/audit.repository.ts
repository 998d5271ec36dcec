import type { AuditAction, AuditResource } from '@huiyue/contracts'
import { col, fn, Op, where, type FindOptions, type WhereOptions } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import { logChunks, newestFirst, olderThan, within } from '../database/log-reading'
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

const withActor = { include: [{ model: UserModel, as: 'actor', attributes: ['id', 'name'] }] }

/** Reads the trail and lets it end; what writes it is `AuditTrail`. */
@scoped(Lifecycle.ContainerScoped)
export class AuditRepository {
  /** Newest first, with the actor as they are called now. */
  async list(
    filter: AuditFilter,
    page: { limit: number; offset: number },
  ): Promise<{ rows: AuditModel[]; count: number }> {
    const wanted = matching(filter)
    const [rows, count] = await Promise.all([
      AuditModel.findAll({ where: wanted, ...withActor, order: newestFirst, ...page }),
      AuditModel.count({ where: wanted }),
    ])
    return { rows, count }
  }

  chunks(filter: AuditFilter, most: number): AsyncGenerator<AuditModel[]> {
    const wanted = matching(filter)
    return logChunks((last, limit) => {
      const options: FindOptions = { where: { [Op.and]: [wanted, olderThan(last)] }, order: newestFirst, limit }
      return AuditModel.findAll({ ...options, ...withActor })
    }, most)
  }

  /** Removes at most so many entries that are older; answers how many. */
  deleteBefore(instant: Date, limit: number, tx: Tx): Promise<number> {
    return AuditModel.destroy({ where: { at: { [Op.lt]: instant } }, limit, transaction: tx })
  }
}

function matching({ from, to, search, ...exactly }: AuditFilter): WhereOptions {
  const given = Object.fromEntries(Object.entries(exactly).filter(([, value]) => value !== undefined))
  const text = (search ?? '').toLowerCase()
  // Not LIKE: what people look for may have its wildcards in it.
  const contains = (column: string) => where(fn('INSTR', fn('LOWER', col(`auditEntry.${column}`)), text), Op.gt, 0)
  const found = { [Op.or]: [contains('target_name'), contains('reason')] }
  return { [Op.and]: [given, within(from, to), ...(text ? [found] : [])] }
}
