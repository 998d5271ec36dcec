import { createHash, randomBytes } from 'node:crypto'
import type { ClientId, LoginMethod, TokenPair } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { describeClient, type ClientInfo } from '../client/describe-client'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import { newId } from '../ids'
import { LoggerToken, type Logger } from '../logging/logger'
import { LoginRecorder } from '../login-log/login-recorder'
import type { Actor } from './actor'
import { SessionEnding } from './session-ending'
import type { SessionModel } from './session.models'
import { SessionRepository } from './session.repository'

/** An answer may get lost on the way: the token before the newest may be shown again for this long (RFC 9700 4.14). */
const retrySeconds = 10

/** Where a call comes from, and under which id it is in the logs. */
export interface Origin {
  client: ClientInfo
  requestId: string
}

/**
 * The token store: opaque 256-bit tokens of which only the SHA-256 is kept. Refreshing replaces both; a refresh token
 * that was used before ends its whole session, because one of the two who hold it is a thief.
 */
@scoped(Lifecycle.ContainerScoped)
export class SessionService {
  private readonly logger: Logger

  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(SessionEnding) private readonly ending: SessionEnding,
    @inject(LoginRecorder) private readonly logins: LoginRecorder,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'session' })
  }

  /**
   * @param stillTrue looks, under the lock of the account's row, whether what let the person in still holds; throws when
   *   it does not: a password may be reset, an account disabled between the proof and this
   */
  async start(
    userId: string,
    clientId: ClientId,
    method: LoginMethod,
    client: ClientInfo,
    stillTrue: (tx: Tx) => Promise<void> = () => Promise.resolve(),
  ): Promise<TokenPair> {
    const createdAt = this.clock.now()
    const { idleSeconds, absoluteSeconds } = this.config.sessionLifetimes[clientId]
    const session = {
      id: newId(),
      userId,
      clientId,
      method,
      ...(await describeClient(client)),
      createdAt,
      lastSeenAt: createdAt,
      idleEndsAt: after(createdAt, Math.min(idleSeconds, absoluteSeconds)),
      endsAt: after(createdAt, absoluteSeconds),
    }
    return this.transactions.run(async (tx) => {
      await stillTrue(tx)
      await this.sessions.insert(session, tx)
      return this.issue(session, 1, tx)
    })
  }

  /** @throws {AppError} `TOKEN_INVALID` when a new login is needed. */
  async refresh(refreshToken: string, origin: Origin): Promise<TokenPair> {
    const invalid = () => new AppError('TOKEN_INVALID', 'The refresh token is not valid')
    const hash = digest(refreshToken)
    const known = await this.sessions.findToken(hash, 'refresh')
    const user = known?.session?.user
    if (!known || user?.status !== 'active') throw invalid()
    // A refusal must not roll back the revocation, so the outcome leaves the transaction as a value.
    const outcome = await this.transactions.run(async (tx) => {
      const now = this.clock.now()
      const session = await this.sessions.lockSession(known.sessionId, tx)
      if (!session || session.revokedAt || session.endsAt <= now) return null
      const family = await this.sessions.refreshTokensOf(session.id, tx)
      const shown = family.find((token) => token.hash === hash)
      const newest = family[0]
      if (!shown || !newest || shown.expiresAt <= now) return null
      const isNewest = shown.generation === newest.generation
      const isRetry =
        shown.generation === newest.generation - 1 &&
        shown.usedAt !== null &&
        now.getTime() - shown.usedAt.getTime() <= retrySeconds * 1000
      if (!isNewest && !isRetry) {
        await this.ending.end({ sessionIds: [session.id] }, 'refresh_token_reused', tx)
        return { stolen: session }
      }
      // A retry replaces the pair that never arrived. The shown token keeps its first time of use, so that a
      // stolen one cannot be kept alive by showing it again and again.
      const generation = isRetry ? newest.generation : newest.generation + 1
      if (isRetry) await this.sessions.deleteToken(newest.hash, tx)
      else await this.sessions.markUsed(shown.hash, now, tx)
      this.ending.forgetAfterCommit(await this.sessions.deleteAccessTokens(session.id, tx), tx)
      const { idleSeconds } = this.config.sessionLifetimes[session.clientId]
      const idleEndsAt = earlier(after(now, idleSeconds), session.endsAt)
      await this.sessions.update(
        session.id,
        { lastSeenAt: now, idleEndsAt, ...(await describeClient(origin.client)) },
        tx,
      )
      return { pair: await this.issue({ ...session.get(), idleEndsAt }, generation, tx) }
    })
    if (outcome?.stolen) await this.reportTheft(outcome.stolen, user, origin)
    if (!outcome?.pair) throw invalid()
    return outcome.pair
  }

  async end(actor: Actor): Promise<void> {
    await this.transactions.run((tx) => this.ending.end({ sessionIds: [actor.sessionId] }, 'logout', tx))
  }

  private async reportTheft(
    { id, clientId, method }: SessionModel,
    user: { id: string; username: string },
    origin: Origin,
  ): Promise<void> {
    this.logger.warn({ sessionId: id, userId: user.id }, 'a used refresh token came again: session ended')
    await this.logins.record({
      user,
      typed: '',
      clientId,
      method,
      result: 'alert',
      reason: 'refresh_token_reused',
      ...origin,
    })
  }

  private async issue(
    session: Pick<SessionModel, 'id' | 'clientId' | 'idleEndsAt' | 'endsAt'>,
    generation: number,
    tx: Tx,
  ): Promise<TokenPair> {
    const { accessSeconds } = this.config.sessionLifetimes[session.clientId]
    const now = this.clock.now()
    const accessEnds = earlier(after(now, accessSeconds), session.endsAt)
    const pair = { accessToken: newToken(), refreshToken: newToken() }
    const row = (kind: 'access' | 'refresh', token: string, expiresAt: Date) => ({
      hash: digest(token),
      sessionId: session.id,
      kind,
      generation,
      expiresAt,
    })
    await this.sessions.insertTokens(
      [row('access', pair.accessToken, accessEnds), row('refresh', pair.refreshToken, session.idleEndsAt)],
      tx,
    )
    return { ...pair, expiresIn: Math.floor((accessEnds.getTime() - now.getTime()) / 1000) }
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token. */
export function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000)
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
