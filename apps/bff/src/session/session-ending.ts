import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import type { Tx } from '../database/transaction-runner'
import { IdentityRepository } from '../identity/identity.repository'
import { LoggerToken, type Logger } from '../logging/logger'
import { IdentityCacheToken, type IdentityCache } from './identity-cache'
import { SessionRepository, type SessionSelection } from './session.repository'

/** Why a session is over, for whoever reads the table. */
export type EndReason =
  | 'logout'
  | 'refresh_token_reused'
  | 'ended_by_user'
  | 'ended_by_staff'
  | 'password_changed'
  | 'password_reset'
  | 'account_disabled'
  | 'account_erased'
  | 'wechat_unbound'

/** Somebody wants that device out: it must not come back by its WeChat code alone. */
const onPurpose: ReadonlySet<EndReason> = new Set(['ended_by_user', 'ended_by_staff', 'refresh_token_reused'])

/** The new password is to be known on every device, also where a session has run out already. */
const passwordReplaced: ReadonlySet<EndReason> = new Set(['password_changed', 'password_reset'])

/** What everything uses that ends sessions, or changes what their tokens allow. */
@scoped(Lifecycle.ContainerScoped)
export class SessionEnding {
  private readonly logger: Logger

  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(IdentityCacheToken) private readonly cache: IdentityCache,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'session-ending' })
  }

  /** Ends them with the transaction's commit, in every process. Answers how many were alive. */
  async end(selection: SessionSelection, reason: EndReason, tx: Tx): Promise<number> {
    const now = this.clock.now()
    const ended = await this.sessions.lockAlive(selection, now, tx)
    const ids = ended.map(({ id }) => id)
    this.forgetAfterCommit(await this.sessions.revoke(ids, reason, now, tx), tx)
    if (passwordReplaced.has(reason)) await this.identities.setPasswordNeeded(selection.userIds ?? [], true, tx)
    else if (onPurpose.has(reason)) {
      const phones = ended.filter(({ clientId, method }) => clientId === 'mp-weixin' || method === 'wechat')
      await this.identities.setPasswordNeeded([...new Set(phones.map(({ userId }) => userId))], true, tx)
    }
    return ids.length
  }

  /**
   * Roles, department or status of these people changed: from the commit on every process looks again. Their tokens are
   * looked up after it: one that was made just before, with the rights there were, is among them.
   */
  rightsChanged(userIds: readonly string[], tx: Tx): void {
    if (userIds.length > 0 && this.cache.keeps) tx.afterCommit(() => this.forgetPeople(userIds))
  }

  forgetAfterCommit(tokenHashes: readonly string[], tx: Tx): void {
    if (tokenHashes.length > 0) tx.afterCommit(() => this.cache.forget(tokenHashes))
  }

  /** The change is committed: whatever goes wrong here must neither undo it for the caller nor do it twice. */
  private async forgetPeople(userIds: readonly string[]): Promise<void> {
    try {
      await this.cache.forget(await this.sessions.accessHashesOf(userIds))
    } catch (error) {
      this.logger.error({ err: error }, 'changed rights may be taken for the old ones until the cache drops them')
    }
  }
}
