import { createHash, randomBytes } from 'node:crypto'
import type { ClientId, LoginMethod, TokenPair } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { describeClient, type ClientDescription, type ClientInfo } from '../client/describe-client'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import { newId } from '../ids'
import { LoggerToken, type Logger } from '../logging/logger'
import { LoginRecorder } from '../login-log/login-recorder'
import type { Actor } from './actor'
import { SessionEnding } from './session-ending'
import type { SessionModel, SessionTokenModel } from './session.models'
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

  /** In the transaction that holds the account's row: what let the person in is looked at there once more. */
  async start(
    userId: string,
    { clientId, method, from }: { clientId: ClientId; method: LoginMethod; from: ClientDescription },
    tx: Tx,
  ): Promise<TokenPair> {
    const createdAt = this.clock.now()
    const { idleSeconds, absoluteSeconds } = this.config.sessionLifetimes[clientId]
    const session = {
      id: newId(),
      userId,
      clientId,
      method,
      ...from,
      createdAt,
      lastSeenAt: createdAt,
      idleEndsAt: after(createdAt, Math.min(idleSeconds, absoluteSeconds)),
      endsAt: after(createdAt, absoluteSeconds),
    }
    await this.sessions.insert(session, tx)
    return this.issue(session, 1, tx)
  }

  /** @throws {AppError} `TOKEN_INVALID` when a new login is needed. */
  async refresh(refreshToken: string, origin: Origin): Promise<TokenPair> {
    const invalid = () => new AppError('TOKEN_INVALID', 'The refresh token is not valid')
    const hash = digest(refreshToken)
    const known = await this.sessions.findToken(hash, 'refresh')
    const user = known?.session?.user
    if (!known || user?.status !== 'active') throw invalid()
    const from = await describeClient(origin.client)
    // A refusal must not roll back the revocation, so the outcome leaves the transaction as a value.
    const outcome = await this.transactions.run(async (tx) => {
      const now = this.clock.now()
      const session = await this.sessions.lockSession(known.sessionId, tx)
      if (!session || session.revokedAt || session.endsAt <= now) return null
      const family = await this.sessions.refreshTokensSince(session.id, known.generation, tx)
      const shown = family.find((token) => token.hash === hash)
      const newest = family[0]
      if (!shown || !newest || shown.expiresAt <= now) return null
      const within = (at: Date) => now.getTime() - at.getTime() <= retrySeconds * 1000
      const isNewest = shown.hash === newest.hash
      // Its answer got lost: nobody has used what it was exchanged for.
      const isRetry = shown.usedAt !== null && within(shown.usedAt) && family.every(isUnusedSince(shown))
      if (!isNewest && !isRetry) {
        // Two calls at once may each have got a pair; the one that was replaced is dead, and no theft yet.
        if (shown.supersededAt && within(shown.supersededAt)) return null
        await this.ending.end({ sessionIds: [session.id] }, 'refresh_token_reused', tx)
        return { stolen: session }
      }
      // A retry replaces the pair that never arrived; should that turn up after all, somebody else has it. The shown
      // token keeps its first time of use, so that a stolen one cannot be kept alive by showing it again and again.
      if (isRetry) await this.sessions.markSuperseded(newest.hash, now, tx)
      else await this.sessions.markUsed(shown.hash, now, tx)
      this.ending.forgetAfterCommit(await this.sessions.deleteAccessTokens(session.id, tx), tx)
      const { idleSeconds } = this.config.sessionLifetimes[session.clientId]
      const idleEndsAt = earlier(after(now, idleSeconds), session.endsAt)
      await this.sessions.update(session.id, { lastSeenAt: now, idleEndsAt, ...from }, tx)
      return { pair: await this.issue({ ...session.get(), idleEndsAt }, newest.generation + 1, tx) }
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

function isUnusedSince(shown: SessionTokenModel) {
  return (token: SessionTokenModel) => token.generation <= shown.generation || token.usedAt === null
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
