import type { Account } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import { NotificationRepository } from '../notification/notification.repository'
import type { Actor } from '../session/actor'
import { SessionEnding } from '../session/session-ending'
import { keyOf, searchKeyOf, UserRepository } from '../user/user.repository'
import { AccountGuard, assertNotErased, assertNotOwn } from './account.guard'
import { AccountQueries } from './account.queries'
import { ErasureRepository } from './erasure.repository'

/** The name that bookings and logs show from then on. */
export const erasedName = '已注销用户'

/** Erases a person's data for good, in one transaction; the row stays for the bookings that point to it. */
@scoped(Lifecycle.ContainerScoped)
export class ErasureService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(AccountGuard) private readonly guard: AccountGuard,
    @inject(ErasureRepository) private readonly erasure: ErasureRepository,
    @inject(NotificationRepository) private readonly notifications: NotificationRepository,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `eraseAccount` */
  erase(actor: Actor, id: string, reason: string): Promise<Account> {
    return this.transactions.run(async (tx) => {
      const { user } = await this.guard.lock(actor, id, 'account:erase', tx)
      assertNotErased(user)
      assertNotOwn(actor, id)
      await this.guard.assertNotLastAdministrator(user, tx)
      await this.sessions.end({ userIds: [id] }, 'account_erased', tx)
      await this.notifications.suppressWaiting(id, 'recipient_disabled', tx)
      await this.erasure.deleteBelongings(id, tx)
      await this.erasure.deleteImportRows(user, tx)
      await this.erasure.blankLogins(id, tx)
      await this.erasure.blankMessages(id, tx)
      await this.erasure.blankHistory(id, erasedName, tx)
      await this.erasure.renameInAnswers(id, erasedName, tx)
      await this.blankAccount(id, tx)
      await this.audit.append(actor, { action: 'account.erased', target: { id, name: erasedName }, reason }, tx)
      return this.queries.present(actor, id, tx)
    })
  }

  private async blankAccount(id: string, tx: Tx): Promise<void> {
    const username = `erased-${newId().slice(-12)}`
    await this.users.update(
      id,
      {
        username,
        usernameKey: keyOf(username),
        name: erasedName,
        searchKey: searchKeyOf({ name: erasedName, username }),
        // No password has an empty hash.
        passwordHash: '',
        mustChangePassword: false,
        passwordExpiresAt: null,
        mobile: null,
        email: null,
        departmentId: null,
        locale: 'zh-CN',
        timeZone: null,
        status: 'erased',
        lastLoginAt: null,
        updatedAt: this.clock.now(),
      },
      tx,
    )
  }
}
