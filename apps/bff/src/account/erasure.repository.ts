import { col, fn, Op, where } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import { AuditModel, AuditPersonModel } from '../audit/audit.models'
import { renamePerson } from '../audit/named-people'
import { BookingModel, IdempotencyKeyModel } from '../booking/booking.models'
import type { Tx } from '../database/transaction-runner'
import { IdentityModel } from '../identity/identity.model'
import { ImportRowModel } from '../import/import.models'
import { chunksOf } from '../import/people.repository'
import { LoginLogModel } from '../login-log/login-log.models'
import { NotificationModel } from '../notification/notification.models'
import { RoleAssignmentModel } from '../role/role.models'
import { SessionModel } from '../session/session.models'
import { SubscriptionBalanceModel, SubscriptionGrantModel } from '../subscription/subscription.models'

/** Removes what is kept about one person beside their account's row; the bookings keep their history. */
@scoped(Lifecycle.ContainerScoped)
export class ErasureRepository {
  /** Their tokens go with the sessions. */
  async deleteBelongings(userId: string, tx: Tx): Promise<void> {
    const theirs = { where: { userId }, transaction: tx }
    await SessionModel.destroy(theirs)
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
  async blankHistory(userId: string, shownAs: string, tx: Tx): Promise<void> {
    const blank = { before: null, after: null, targetName: shownAs }
    await AuditModel.update(blank, { where: { targetId: userId }, transaction: tx })
    await AuditModel.update({ address: null }, { where: { actorId: userId }, transaction: tx })
    const naming = await AuditPersonModel.findAll({
      where: { userId },
      attributes: ['auditId'],
      raw: true,
      transaction: tx,
    })
    for await (const chunk of chunksOf(naming)) {
      const ids = chunk.map(({ auditId }) => auditId)
      const aboutThem = { id: ids, resource: { [Op.ne]: 'booking' as const } }
      await AuditModel.update(blank, { where: aboutThem, transaction: tx })
      await this.renameInBookings(ids, userId, shownAs, tx)
    }
  }

  /** Bookings' history keeps that somebody was there, under another name. */
  private async renameInBookings(ids: string[], userId: string, shownAs: string, tx: Tx): Promise<void> {
    const renamed = (stored: string | null) => stored && renamePerson(stored, userId, shownAs)
    const entries = await AuditModel.findAll({ where: { id: ids, resource: 'booking' }, transaction: tx })
    for (const entry of entries)
      await entry.update({ before: renamed(entry.before), after: renamed(entry.after) }, { transaction: tx })
  }

  /** The answers that others would get once more for bookings of the last days. */
  async renameInAnswers(userId: string, shownAs: string, tx: Tx): Promise<void> {
    const named = where(fn('INSTR', col('response'), userId), Op.gt, 0)
    for (const answer of await IdempotencyKeyModel.findAll({ where: named, transaction: tx }))
      await answer.update(
        { response: answer.response && renamePerson(answer.response, userId, shownAs) },
        { transaction: tx },
      )
  }

  /** The words of messages to them, and of those about their bookings, which name them. */
  async blankMessages(userId: string, tx: Tx): Promise<void> {
    const blank = { data: null }
    await NotificationModel.update(blank, { where: { recipientId: userId }, transaction: tx })
    const theirs = { where: { organizerId: userId }, attributes: ['id'], raw: true, transaction: tx }
    for await (const bookings of chunksOf(await BookingModel.findAll(theirs))) {
      const bookingId = bookings.map(({ id }) => id)
      await NotificationModel.update(blank, { where: { bookingId }, transaction: tx })
    }
  }
}
