import type { ClientId } from '@huiyue/contracts'
import { Op } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { Tx } from '../database/transaction-runner'
import { UserModel, UserRoleModel } from '../user/user.models'
import { SessionModel, SessionTokenModel } from './session.models'

export type TokenKind = 'access' | 'refresh'

@scoped(Lifecycle.ContainerScoped)
export class SessionRepository {
  async insert(
    session: { id: string; userId: string; clientId: ClientId; createdAt: Date; endsAt: Date },
    tx: Tx,
  ): Promise<void> {
    await SessionModel.create(session, { transaction: tx })
  }

  async insertTokens(
    tokens: { hash: string; sessionId: string; kind: TokenKind; generation: number; expiresAt: Date }[],
    tx: Tx,
  ): Promise<void> {
    await SessionTokenModel.bulkCreate(tokens, { transaction: tx })
  }

  /** The token with its session, its user and their roles, by one indexed read. */
  findToken(hash: string, kind: TokenKind): Promise<SessionTokenModel | null> {
    return SessionTokenModel.findOne({
      where: { hash, kind },
      include: [
        {
          model: SessionModel,
          as: 'session',
          required: true,
          include: [{ model: UserModel, as: 'user', required: true, include: [{ model: UserRoleModel, as: 'roles' }] }],
        },
      ],
    })
  }

  /** Locks the session's row: refreshes of one family take turns. */
  lockSession(id: string, tx: Tx): Promise<SessionModel | null> {
    return SessionModel.findByPk(id, { transaction: tx, lock: tx.LOCK.UPDATE })
  }

  refreshTokensOf(sessionId: string, tx: Tx): Promise<SessionTokenModel[]> {
    return SessionTokenModel.findAll({
      where: { sessionId, kind: 'refresh' },
      order: [['generation', 'DESC']],
      transaction: tx,
    })
  }

  async markUsed(hash: string, at: Date, tx: Tx): Promise<void> {
    await SessionTokenModel.update({ usedAt: at }, { where: { hash }, transaction: tx })
  }

  async deleteToken(hash: string, tx: Tx): Promise<void> {
    await SessionTokenModel.destroy({ where: { hash }, transaction: tx })
  }

  async deleteAccessTokens(sessionId: string, tx: Tx): Promise<void> {
    await SessionTokenModel.destroy({ where: { sessionId, kind: 'access' }, transaction: tx })
  }

  /** Ends the session: none of its tokens is known any more. */
  async revoke(sessionId: string, reason: string, at: Date, tx: Tx): Promise<void> {
    await SessionModel.update(
      { revokedAt: at, revokedReason: reason },
      { where: { id: sessionId, revokedAt: null }, transaction: tx },
    )
    await SessionTokenModel.destroy({ where: { sessionId }, transaction: tx })
  }

  /** Removes tokens and sessions whose time was over before that. */
  async deleteExpired(before: Date, tx: Tx): Promise<number> {
    const tokens = await SessionTokenModel.destroy({ where: { expiresAt: { [Op.lt]: before } }, transaction: tx })
    return tokens + (await SessionModel.destroy({ where: { endsAt: { [Op.lt]: before } }, transaction: tx }))
  }
}
