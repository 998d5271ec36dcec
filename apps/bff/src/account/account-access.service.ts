import type { Account, OneTimePassword } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { WechatBindingService } from '../identity/wechat-binding.service'
import type { Actor } from '../session/actor'
import { PasswordHasher } from '../session/password-hasher'
import { SessionEnding } from '../session/session-ending'
import { UserRepository } from '../user/user.repository'
import { AccountGuard, assertNotErased, assertNotOwn } from './account.guard'
import { AccountQueries } from './account.queries'
import { givenPasswordEnd, newOneTimePassword } from './one-time-password'

/** How a person gets in: password, sessions, WeChat. */
@scoped(Lifecycle.ContainerScoped)
export class AccountAccessService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(AccountGuard) private readonly guard: AccountGuard,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(WechatBindingService) private readonly bindings: WechatBindingService,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `resetPassword` */
  async resetPassword(actor: Actor, id: string, reason?: string): Promise<OneTimePassword> {
    const password = newOneTimePassword()
    const passwordHash = await this.passwords.hash(password)
    const now = this.clock.now()
    const passwordExpiresAt = givenPasswordEnd(now)
    await this.transactions.run(async (tx) => {
      const { user } = await this.guard.lock(actor, id, 'account:manage', tx)
      assertNotErased(user)
      assertNotOwn(actor, id)
      await this.users.update(id, { passwordHash, passwordExpiresAt, mustChangePassword: true, updatedAt: now }, tx)
      await this.sessions.end({ userIds: [id] }, 'password_reset', tx)
      await this.audit.append(actor, { action: 'account.password_reset', target: user, reason }, tx)
    })
    return { password, expiresAt: passwordExpiresAt.toISOString() }
  }

  /** Answers how many were alive. @throws {AppError} see the operation `endAccountSessions` */
  endSessions(actor: Actor, id: string, reason?: string): Promise<number> {
    return this.transactions.run((tx) => this.endSessionsIn(actor, id, tx, reason))
  }

  /** The same within a transaction of the caller's. */
  async endSessionsIn(actor: Actor, id: string, tx: Tx, reason?: string): Promise<number> {
    const { user } = await this.guard.lock(actor, id, 'session:end', tx)
    const ended = await this.sessions.end({ userIds: [id] }, 'ended_by_staff', tx)
    if (ended > 0)
      await this.audit.append(actor, { action: 'session.ended', target: user, after: { sessions: ended }, reason }, tx)
    return ended
  }

  /** @throws {AppError} see the operation `unbindAccountWechat` */
  unbindWechat(actor: Actor, id: string, reason?: string): Promise<Account> {
    return this.transactions.run(async (tx) => {
      const { user } = await this.guard.lock(actor, id, 'account:manage', tx)
      assertNotErased(user)
      // For the own one there is a way that asks for the password.
      assertNotOwn(actor, id)
      await this.bindings.unbind(user, actor, tx, { reason })
      return this.queries.present(actor, id, tx)
    })
  }
}
