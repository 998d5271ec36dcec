import { col, fn, literal, Op, where, type Sequelize } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditModel } from '../audit/audit.models'
import { IdempotencyKeyModel } from '../booking/booking.models'
import { SequelizeToken } from '../database/sequelize'
import type { Tx } from '../database/transaction-runner'
import { IdentityModel } from '../identity/identity.model'
import { ImportRowModel } from '../import/import.models'
import { LoginLogModel } from '../login-log/login-log.models'
import { NotificationModel } from '../notification/notification.models'
import { RoleAssignmentModel } from '../role/role.models'
import { SessionModel } from '../session/session.models'
import { SubscriptionBalanceModel, SubscriptionGrantModel } from '../subscription/subscription.models'

/** Removes what is kept about one person beside their account's row; the bookings keep their history. */
@scoped(Lifecycle.ContainerScoped)
export class ErasureRepository {
  constructor(@inject(SequelizeToken) private readonly sequelize: Sequelize) {}

  /** Their tokens go with the sessions. Answers the ids of the sessions there were. */
  async deleteSessions(userId: string, tx: Tx): Promise<string[]> {
    const rows = await SessionModel.findAll({ where: { userId }, attributes: ['id'], raw: true, transaction: tx })
    await SessionModel.destroy({ where: { userId }, transaction: tx })
    return rows.map(({ id }) => id)
  }

  async deleteBelongings(userId: string, tx: Tx): Promise<void> {
    const theirs = { where: { userId }, transaction: tx }
    await IdentityModel.destroy(theirs)
    await SubscriptionGrantModel.destroy(theirs)
    await SubscriptionBalanceModel.destroy(theirs)
    await RoleAssignmentModel.destroy(theirs)
    await IdempotencyKeyModel.destroy(theirs)
  }

  /** What the files of the last days say of them; an import that was only checked leaves them out. */
  async deleteImportRows({ id, usernameKey }: { id: string; usernameKey: string }, tx: Tx): Promise<void> {
    const named = where(fn('LOWER', col('key')), usernameKey)
    await ImportRowModel.destroy({ where: { [Op.or]: [{ targetId: id }, named] }, transaction: tx })
  }

  /** That somebody logged in, when, and how it ended stays. */
  async blankLogins(userId: string, tx: Tx): Promise<void> {
    await LoginLogModel.update(
      { username: '', device: '', address: '', place: null },
      { where: { userId }, transaction: tx },
    )
  }

  /** Who did what, when and why stays; what it was about the person does not. */
  async blankHistory(userId: string, sessionIds: readonly string[], shownAs: string, tx: Tx): Promise<void> {
    await AuditModel.update(
      { before: null, after: null, targetName: shownAs },
      { where: { targetId: [userId, ...sessionIds] }, transaction: tx },
    )
    await AuditModel.update(
      { targetName: shownAs },
      {
        where: {
          resource: 'notification',
          targetId: this.among('SELECT id FROM notifications WHERE recipient_id =', userId),
        },
        transaction: tx,
      },
    )
    await AuditModel.update({ address: null }, { where: { actorId: userId }, transaction: tx })
  }

  /** Bookings' history keeps that somebody was there, under another name. */
  async renameInBookings(userId: string, name: string, shownAs: string, tx: Tx): Promise<void> {
    const naming = (column: string) => where(fn('INSTR', col(column), userId), Op.gt, 0)
    const renamed = (column: string) => fn('REPLACE', col(column), JSON.stringify(name), JSON.stringify(shownAs))
    await AuditModel.update(
      { before: renamed('before'), after: renamed('after') },
      {
        where: { resource: 'booking', [Op.or]: [naming('before'), naming('after')] },
        transaction: tx,
      },
    )
  }

  /** The words of messages to them, and of those about their bookings, which name them. */
  async blankMessages(userId: string, tx: Tx): Promise<void> {
    const ofTheirs = { bookingId: this.among('SELECT id FROM bookings WHERE organizer_id =', userId) }
    await NotificationModel.update(
      { data: null },
      { where: { [Op.or]: [{ recipientId: userId }, ofTheirs] }, transaction: tx },
    )
  }

  private among(query: string, userId: string) {
    return { [Op.in]: literal(`(${query} ${this.sequelize.escape(userId)})`) }
  }
}
