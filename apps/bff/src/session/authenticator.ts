import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { AppError } from '../errors/app-error'
import { LoggerToken, type Logger } from '../logging/logger'
import { reachesOf } from '../role/reach'
import type { UserModel } from '../user/user.models'
import type { Identity } from './actor'
import { IdentityCacheToken, type IdentityCache } from './identity-cache'
import type { SessionModel } from './session.models'
import { SessionRepository } from './session.repository'
import { digest } from './session.service'

/** People see when a session was used last to within this long; noting every call would be a write a call. */
const seenMs = 5 * 60_000

/** Says who holds an access token. */
@scoped(Lifecycle.ContainerScoped)
export class Authenticator {
  private readonly logger: Logger

  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(IdentityCacheToken) private readonly cache: IdentityCache,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'authenticator' })
  }

  /** @throws {AppError} `NOT_SIGNED_IN` when the token is unknown, expired or revoked. */
  async identify(accessToken: string): Promise<Identity> {
    const hash = digest(accessToken)
    const now = this.clock.now()
    const cached = await this.cache.get(hash)
    if (cached && cached.expiresAt > now.getTime()) return cached.identity
    const token = await this.sessions.findToken(hash, 'access')
    const session = token?.session
    const user = session?.user
    if (!token || !session || !user || token.expiresAt <= now || session.revokedAt || user.status !== 'active')
      throw new AppError('NOT_SIGNED_IN', 'The access token is not valid')
    const identity = await this.identityOf(session, user)
    await this.cache.put(hash, { identity, expiresAt: token.expiresAt.getTime() })
    this.noteSeen(session, now)
    return identity
  }

  private async identityOf(session: SessionModel, user: UserModel): Promise<Identity> {
    const roles = user.roles ?? []
    // Read only for those few whose roles are limited to a department.
    const tree = roles.some(({ departmentId }) => departmentId) ? await this.departments.tree() : null
    return {
      userId: user.id,
      sessionId: session.id,
      roles: [...new Set(roles.map(({ roleId }) => roleId))],
      reaches: reachesOf(roles, (departmentId) => tree?.below(departmentId) ?? []),
      mustChangePassword: user.mustChangePassword,
    }
  }

  /** Nobody waits for it, and nothing depends on it. */
  private noteSeen(session: SessionModel, now: Date): void {
    if (now.getTime() - session.lastSeenAt.getTime() < seenMs) return
    this.transactions
      .run((tx) => this.sessions.update(session.id, { lastSeenAt: now }, tx))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'could not note when a session was used'))
  }
}
