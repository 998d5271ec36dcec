import type { ClientId } from '@huiyue/contracts'
import { Op, type CreationAttributes, type WhereOptions } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import { addressesFrom } from '../client/addresses-from'
import type { Tx } from '../database/transaction-runner'
import { RoleAssignmentModel, RoleModel } from '../role/role.models'
import { UserModel } from '../user/user.models'
import { keyOf } from '../user/user.repository'
import { idsOfPeopleLike } from '../user/user-search'
import { SessionModel, SessionTokenModel } from './session.models'

export type TokenKind = 'access' | 'refresh'

/** Which sessions are to end. */
export interface SessionSelection {
  userIds?: readonly string[]
  sessionIds?: readonly string[]
  /** Only those that the mini program has, or that a WeChat code opened. */
  openedByWechat?: true
  exceptSessionId?: string
}

export interface SessionFilter {
  userId?: string | undefined
  clientId?: ClientId | undefined
  search?: string | undefined
  /** Only people of these departments. */
  departmentIds?: readonly string[]
  sort: 'lastSeenAt' | 'createdAt' | 'user'
  order: 'asc' | 'desc'
  limit: number
  offset: number
}

@scoped(Lifecycle.ContainerScoped)
export class SessionRepository {
  async insert(session: CreationAttributes<SessionModel>, tx: Tx): Promise<void> {
    await SessionModel.create(session, { transaction: tx })
  }

  async insertTokens(
    tokens: { hash: string; sessionId: string; kind: TokenKind; generation: number; expiresAt: Date }[],
    tx: Tx,
  ): Promise<void> {
    await SessionTokenModel.bulkCreate(tokens, { transaction: tx })
  }

  /** The token with its session, its user and what their roles allow, by one indexed read. */
  findToken(hash: string, kind: TokenKind): Promise<SessionTokenModel | null> {
    const roles = {
      model: RoleAssignmentModel,
      as: 'roles',
      include: [{ model: RoleModel, as: 'role' }],
    }
    return SessionTokenModel.findOne({
      where: { hash, kind },
      include: [
        {
          model: SessionModel,
          as: 'session',
          required: true,
          include: [{ model: UserModel, as: 'user', required: true, include: [roles] }],
        },
      ],
    })
  }

  /** Locks the session's row: refreshes of one family take turns. */
  lockSession(id: string, tx: Tx): Promise<SessionModel | null> {
    return SessionModel.findByPk(id, { transaction: tx, lock: tx.LOCK.UPDATE })
  }

  /** The refresh tokens from that one on, newest first; those before it say nothing more. */
  refreshTokensSince(sessionId: string, generation: number, tx: Tx): Promise<SessionTokenModel[]> {
    return SessionTokenModel.findAll({
      where: { sessionId, kind: 'refresh', generation: { [Op.gte]: generation } },
      order: [['generation', 'DESC']],
      transaction: tx,
    })
  }

  async markUsed(hash: string, at: Date, tx: Tx): Promise<void> {
    await SessionTokenModel.update({ usedAt: at }, { where: { hash }, transaction: tx })
  }

  async markSuperseded(hash: string, at: Date, tx: Tx): Promise<void> {
    await SessionTokenModel.update({ supersededAt: at }, { where: { hash }, transaction: tx })
  }

  /** The hashes of those that were there. */
  async deleteAccessTokens(sessionId: string, tx: Tx): Promise<string[]> {
    const hashes = await this.accessHashes([sessionId], tx)
    await SessionTokenModel.destroy({ where: { sessionId, kind: 'access' }, transaction: tx })
    return hashes
  }

  async update(
    id: string,
    values: Partial<Pick<SessionModel, 'lastSeenAt' | 'idleEndsAt' | 'device' | 'address' | 'place'>>,
    tx: Tx,
  ): Promise<void> {
    await SessionModel.update(values, { where: { id }, transaction: tx })
  }

  findById(id: string): Promise<SessionModel | null> {
    return SessionModel.findByPk(id, { include: [{ model: UserModel, as: 'user', required: true }] })
  }

  /** Somebody's sessions that can still be used, the one used last first. */
  findAlive(userId: string, now: Date): Promise<SessionModel[]> {
    return SessionModel.findAll({
      where: { ...alive(now), userId },
      order: [
        ['lastSeenAt', 'DESC'],
        ['id', 'ASC'],
      ],
    })
  }

  async search(filter: SessionFilter, now: Date): Promise<{ rows: SessionModel[]; count: number }> {
    const { userId, clientId, search, departmentIds, sort, order, limit, offset } = filter
    const text = keyOf(search ?? '')
    const direction = order === 'asc' ? 'ASC' : 'DESC'
    const user = { model: UserModel, as: 'user' }
    // Every session has its user: where nothing is asked of users, the sessions are read first, in their index's order.
    const limited = departmentIds
      ? { required: true, where: { departmentId: [...departmentIds] } }
      : { required: false }
    const wanted: WhereOptions = {
      ...alive(now),
      ...(userId ? { userId } : {}),
      ...(clientId ? { clientId } : {}),
      ...(text ? { [Op.or]: [{ userId: await idsOfPeopleLike(text) }, addressesFrom(text)] } : {}),
    }
    const [rows, count] = await Promise.all([
      SessionModel.findAll({
        where: wanted,
        include: [{ ...user, ...limited }],
        order: [sort === 'user' ? [user, 'name', direction] : [sort, direction], ['id', direction]],
        limit,
        offset,
      }),
      SessionModel.count({ where: wanted, include: departmentIds ? [{ ...user, ...limited }] : [] }),
    ])
    return { rows, count }
  }

  async isAlive(id: string, now: Date, tx: Tx): Promise<boolean> {
    return (await SessionModel.count({ where: { ...alive(now), id }, transaction: tx })) > 0
  }

  /** The sessions that are alive, locked in one order. */
  async lockAlive(selection: SessionSelection, now: Date, tx: Tx): Promise<SessionModel[]> {
    const { userIds, sessionIds, openedByWechat, exceptSessionId } = selection
    const id: WhereOptions = {
      ...(sessionIds ? { [Op.in]: [...sessionIds] } : {}),
      ...(exceptSessionId === undefined ? {} : { [Op.ne]: exceptSessionId }),
    }
    return SessionModel.findAll({
      where: {
        ...alive(now),
        ...(userIds ? { userId: [...userIds] } : {}),
        ...(openedByWechat ? { [Op.or]: [{ clientId: 'mp-weixin' }, { method: 'wechat' }] } : {}),
        ...(Reflect.ownKeys(id).length > 0 ? { id } : {}),
      },
      order: [['id', 'ASC']],
      lock: tx.LOCK.UPDATE,
      transaction: tx,
    })
  }

  /** Ends the sessions: none of their tokens is known any more. Answers the hashes of the access tokens they had. */
  async revoke(sessionIds: readonly string[], reason: string, at: Date, tx: Tx): Promise<string[]> {
    if (sessionIds.length === 0) return []
    const hashes = await this.accessHashes(sessionIds, tx)
    await SessionModel.update(
      { revokedAt: at, revokedReason: reason },
      { where: { id: [...sessionIds], revokedAt: null }, transaction: tx },
    )
    await SessionTokenModel.destroy({ where: { sessionId: [...sessionIds] }, transaction: tx })
    return hashes
  }

  /** Hashes of the access tokens that these people hold. */
  async accessHashesOf(userIds: readonly string[]): Promise<string[]> {
    const rows = await SessionModel.findAll({
      where: { userId: [...userIds], revokedAt: null },
      attributes: ['id'],
    })
    return rows.length === 0 ? [] : this.accessHashes(rows.map((row) => row.id))
  }

  /** Removes tokens and sessions whose time was over before that. */
  async deleteExpired(before: Date, tx: Tx): Promise<number> {
    const tokens = await SessionTokenModel.destroy({ where: { expiresAt: { [Op.lt]: before } }, transaction: tx })
    return tokens + (await SessionModel.destroy({ where: { endsAt: { [Op.lt]: before } }, transaction: tx }))
  }

  private async accessHashes(sessionIds: readonly string[], tx?: Tx): Promise<string[]> {
    const rows = await SessionTokenModel.findAll({
      where: { sessionId: [...sessionIds], kind: 'access' },
      attributes: ['hash'],
      ...(tx ? { transaction: tx } : {}),
    })
    return rows.map((row) => row.hash)
  }
}

/** Sessions that can still be used. */
export function alive(now: Date) {
  return { revokedAt: null, endsAt: { [Op.gt]: now }, idleEndsAt: { [Op.gt]: now } }
}
