import type { PersonalData } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import type { Actor } from '../session/actor'
import type { UserModel } from '../user/user.models'
import { assertMayChange } from './account.guard'
import { shownAccount, shownRoles } from './account.history'
import { noSuchAccount } from './account.queries'
import { AccountRepository } from './account.repository'
import {
  presentBooking,
  presentChange,
  presentIdentity,
  presentLogin,
  presentMessage,
  presentSession,
} from './personal-data.presenter'
import { PersonalDataRepository } from './personal-data.repository'

/** Everything kept about one person, for that person; asking for it is written down. */
@scoped(Lifecycle.ContainerScoped)
export class PersonalDataService {
  constructor(
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(PersonalDataRepository) private readonly data: PersonalDataRepository,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `getAccountPersonalData` */
  async ofAccount(actor: Actor, id: string): Promise<PersonalData> {
    const user = await this.find(id)
    assertMayChange(actor, 'account:erase', user, await this.departments.tree())
    return this.export(actor, user)
  }

  async ofThemselves(actor: Actor): Promise<PersonalData> {
    return this.export(actor, await this.find(actor.userId))
  }

  private async export(actor: Actor, user: UserModel): Promise<PersonalData> {
    const { id } = user
    const collected = {
      generatedAt: this.clock.now().toISOString(),
      account: await this.accountOf(user),
      wechat: (await this.data.identities(id)).map(presentIdentity),
      sessions: (await this.data.sessions(id)).map(presentSession),
      logins: (await this.data.logins(id)).map(presentLogin),
      bookings: (await this.data.bookings(id)).map((booking) => presentBooking(booking, id)),
      notifications: (await this.data.notifications(id)).map(presentMessage),
      subscriptions: await this.subscriptionsOf(id),
      changes: (await this.data.changes(id)).map((entry) => presentChange(entry, id)),
    }
    await this.transactions.run((tx) =>
      this.audit.append(actor, { action: 'account.personal_data_exported', target: user }, tx),
    )
    return collected
  }

  private async accountOf(user: UserModel): Promise<PersonalData['account']> {
    return {
      id: user.id,
      ...shownAccount(user, await this.departments.tree()),
      roles: shownRoles(user.roles ?? []),
      mustChangePassword: user.mustChangePassword,
      lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
      createdAt: user.createdAt.toISOString(),
      updatedAt: user.updatedAt.toISOString(),
    }
  }

  private async subscriptionsOf(userId: string): Promise<PersonalData['subscriptions']> {
    const [balances, answers] = await Promise.all([
      this.data.subscriptionBalances(userId),
      this.data.subscriptionAnswers(userId),
    ])
    return balances.map(({ templateId, remaining, lastResult, updatedAt }) => ({
      ...{ templateId, remaining, lastResult },
      updatedAt: updatedAt.toISOString(),
      answers: answers
        .filter((answer) => answer.templateId === templateId)
        .map(({ result, at }) => ({ result, at: at.toISOString() })),
    }))
  }

  private async find(id: string): Promise<UserModel> {
    const user = await this.accounts.findById(id)
    if (!user) throw noSuchAccount()
    return user
  }
}
