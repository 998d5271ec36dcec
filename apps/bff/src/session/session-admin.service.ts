import { inject, Lifecycle, scoped } from 'tsyringe'
import { mayChange } from '../account/account.policy'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { AppError } from '../errors/app-error'
import { UserRepository } from '../user/user.repository'
import { departmentsWithin, type Actor } from './actor'
import { SessionEnding } from './session-ending'
import type { SessionModel } from './session.models'
import { SessionRepository, type SessionFilter } from './session.repository'

/** Seeing and ending sessions: people their own, staff everybody's within their reach. */
@scoped(Lifecycle.ContainerScoped)
export class SessionAdminService {
  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(SessionEnding) private readonly ending: SessionEnding,
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  listOwn(actor: Actor): Promise<SessionModel[]> {
    return this.sessions.findAlive(actor.userId, this.clock.now())
  }

  list(actor: Actor, filter: Omit<SessionFilter, 'departmentIds'>): Promise<{ rows: SessionModel[]; count: number }> {
    const departmentIds = departmentsWithin(actor, 'session:read')
    return this.sessions.search({ ...filter, ...(departmentIds ? { departmentIds } : {}) }, this.clock.now())
  }

  /** @throws {AppError} `NOT_FOUND`, also for other people's */
  async endOwn(actor: Actor, id: string): Promise<void> {
    const ended = await this.transactions.run((tx) =>
      this.ending.end({ userIds: [actor.userId], sessionIds: [id] }, 'ended_by_user', tx),
    )
    if (ended === 0) throw missing()
  }

  endOwnOthers(actor: Actor): Promise<number> {
    const others = { userIds: [actor.userId], exceptSessionId: actor.sessionId }
    return this.transactions.run((tx) => this.ending.end(others, 'ended_by_user', tx))
  }

  /** @throws {AppError} `NOT_FOUND`, `FORBIDDEN` */
  async end(actor: Actor, id: string): Promise<void> {
    const session = await this.sessions.findById(id)
    const user = session && (await this.users.findById(session.userId))
    if (!user) throw missing()
    if (!mayChange(actor, 'session:end', user, await this.departments.tree()))
      throw new AppError('FORBIDDEN', 'Sessions of this account are not yours to end')
    const ended = await this.transactions.run(async (tx) => {
      const count = await this.ending.end({ sessionIds: [id] }, 'ended_by_staff', tx)
      if (count > 0) {
        const before = { clientId: session.clientId, device: session.device, createdAt: session.createdAt }
        const target = { id, name: user.name }
        await this.audit.append(actor, { action: 'session.ended', target, personId: user.id, before }, tx)
      }
      return count
    })
    if (ended === 0) throw missing()
  }
}

function missing(): AppError {
  return new AppError('NOT_FOUND', 'There is no such session, or it is over')
}
