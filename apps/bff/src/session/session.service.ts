import { createHash, randomBytes } from 'node:crypto'
import { permissionsOf, type ClientId, type TokenPair } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import { newId } from '../ids'
import { LoggerToken, type Logger } from '../logging/logger'
import type { Actor } from './actor'
import { SessionRepository } from './session.repository'

const accessSeconds = 15 * 60
const refreshSeconds = 30 * 24 * 3600
const sessionSeconds = 90 * 24 * 3600
/** An answer may get lost on the way: the token before the newest may be shown again for this long (RFC 9700 4.14). */
const retrySeconds = 10

/**
 * The token store: opaque 256-bit tokens of which only the SHA-256 is kept. Refreshing replaces both; a refresh token
 * that was used before ends its whole session, because one of the two who hold it is a thief.
 */
@scoped(Lifecycle.ContainerScoped)
export class SessionService {
  private readonly logger: Logger

  constructor(
    @inject(SessionRepository) private readonly sessions: SessionRepository,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'session' })
  }

  async start(userId: string, clientId: ClientId): Promise<TokenPair> {
    const createdAt = this.clock.now()
    const session = { id: newId(), userId, clientId, createdAt, endsAt: after(createdAt, sessionSeconds) }
    return this.transactions.run(async (tx) => {
      await this.sessions.insert(session, tx)
      return this.issue(session.id, session.endsAt, 1, tx)
    })
  }

  /** @throws {AppError} `NOT_SIGNED_IN` when the token is unknown, expired or revoked. */
  async authenticate(accessToken: string): Promise<Actor> {
    const token = await this.sessions.findToken(digest(accessToken), 'access')
    const user = token?.session?.user
    if (!token || !user || token.expiresAt <= this.clock.now() || user.status !== 'active')
      throw new AppError('NOT_SIGNED_IN', 'The access token is not valid')
    const roles = (user.roles ?? []).map((held) => held.role)
    return { userId: user.id, sessionId: token.sessionId, roles, permissions: new Set(permissionsOf(roles)) }
  }

  /** @throws {AppError} `TOKEN_INVALID` when a new login is needed. */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const invalid = () => new AppError('TOKEN_INVALID', 'The refresh token is not valid')
    const hash = digest(refreshToken)
    const known = await this.sessions.findToken(hash, 'refresh')
    if (!known || known.session?.user?.status !== 'active') throw invalid()
    // A refusal must not roll back the revocation, so the outcome leaves the transaction as a value.
    const pair = await this.transactions.run(async (tx) => {
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
        await this.sessions.revoke(session.id, 'refresh_token_reused', now, tx)
        this.logger.warn(
          { sessionId: session.id, userId: session.userId },
          'a used refresh token came again: session ended',
        )
        return null
      }
      // A retry replaces the pair that never arrived. The shown token keeps its first time of use, so that a
      // stolen one cannot be kept alive by showing it again and again.
      const generation = isRetry ? newest.generation : newest.generation + 1
      if (isRetry) await this.sessions.deleteToken(newest.hash, tx)
      else await this.sessions.markUsed(shown.hash, now, tx)
      await this.sessions.deleteAccessTokens(session.id, tx)
      return this.issue(session.id, session.endsAt, generation, tx)
    })
    if (!pair) throw invalid()
    return pair
  }

  async end(actor: Actor): Promise<void> {
    await this.transactions.run((tx) => this.sessions.revoke(actor.sessionId, 'logout', this.clock.now(), tx))
  }

  private async issue(sessionId: string, sessionEnds: Date, generation: number, tx: Tx): Promise<TokenPair> {
    const now = this.clock.now()
    const earlier = (a: Date, b: Date) => (a < b ? a : b)
    const pair = { accessToken: newToken(), refreshToken: newToken(), expiresIn: accessSeconds }
    const expiry = { access: accessSeconds, refresh: refreshSeconds }
    const row = (kind: 'access' | 'refresh', token: string) => ({
      hash: digest(token),
      sessionId,
      kind,
      generation,
      expiresAt: earlier(after(now, expiry[kind]), sessionEnds),
    })
    await this.sessions.insertTokens([row('access', pair.accessToken), row('refresh', pair.refreshToken)], tx)
    return pair
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000)
}
