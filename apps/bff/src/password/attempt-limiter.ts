import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { ClientInfo } from '../client/describe-client'
import { RedisToken, type RedisClient } from '../redis/redis'

/** Failures allowed in a quarter of an hour. */
const windowSeconds = 15 * 60
/** From one address on one account: whoever attacks from elsewhere does not lock the owner out. */
const pairFailures = 10
/** On one account, from wherever. */
const accountFailures = 50
/** Successes on one account; more is a program that writes sessions and log lines. */
const accountUses = 100
/** Lines that one address may leave in the log while WeChat is away. */
const notedLines = 20
/** From one address, on whatever: an office has one address for everybody in it. */
const addressFailures = 100

export interface Attempt {
  /** Null while it is not known which account is meant. */
  account: string | null
  client: ClientInfo
}

export interface Refusal {
  retryAfterSeconds: number
  /** The attempt that reached the limit, not one of those after it. */
  first: boolean
}

/**
 * Counts failed attempts to prove who one is. An attempt is counted before it is checked, so that many at once do not
 * slip through, and taken back when it succeeds. In Redis when there is one, for all processes together; else, and
 * while Redis is away, in the memory of each.
 */
@scoped(Lifecycle.ContainerScoped)
export class AttemptLimiter {
  private readonly addresses: RateLimiterAbstract
  private readonly accounts: RateLimiterAbstract
  private readonly pairs: RateLimiterAbstract

  private readonly uses: RateLimiterAbstract
  private readonly notes: RateLimiterAbstract

  constructor(@inject(RedisToken) redis: RedisClient | null) {
    this.addresses = limiter(redis, 'address', addressFailures)
    this.accounts = limiter(redis, 'account', accountFailures)
    this.pairs = limiter(redis, 'pair', pairFailures)
    this.uses = limiter(redis, 'use', accountUses)
    this.notes = limiter(redis, 'note', notedLines)
  }

  /** Counts the attempt; null: it may go on. */
  async begin(attempt: Attempt): Promise<Refusal | null> {
    const limits = this.limitsOf(attempt)
    // Looked at first, and only then counted: what is refused anyway leaves nothing in memory.
    for (const [limit, key] of limits) {
      const state = await limit.get(key)
      if (state && state.msBeforeNext > 0 && state.consumedPoints >= limit.points)
        return this.refusalOf(limit, key, state)
    }
    for (const [limit, key] of limits) {
      const refusal = await consume(limit, key)
      if (refusal) return refusal
    }
    return null
  }

  /** Counts what succeeds: logging in, binding; null: it may go on. */
  use(userId: string): Promise<Refusal | null> {
    return consume(this.uses, userId)
  }

  /** Whether one more line about this address is worth writing. */
  async mayNote(client: ClientInfo): Promise<boolean> {
    return (await consume(this.notes, networkOf(client.address))) === null
  }

  /** The first refusal counts once more, so that the next ones know that they are not the first. */
  private async refusalOf(limit: RateLimiterAbstract, key: string, state: RateLimiterRes): Promise<Refusal> {
    const first = state.consumedPoints === limit.points
    if (first) await consume(limit, key)
    return { retryAfterSeconds: secondsOf(state), first }
  }

  /** Takes it back, and forgives this account's failures from this address. */
  async succeeded(attempt: Attempt): Promise<void> {
    for (const [limit, key] of this.limitsOf(attempt))
      if (limit === this.pairs) await limit.delete(key)
      else await limit.reward(key)
  }

  private limitsOf({ account, client }: Attempt): [RateLimiterAbstract, string][] {
    const network = networkOf(client.address)
    if (account === null) return [[this.addresses, network]]
    // Hashed: what somebody typed for a username may be their password.
    const key = createHash('sha256').update(account).digest('base64url')
    // Narrow before wide, and the first that refuses is the last that counts: what one address has used up on one
    // account neither locks that account for others nor the address for other accounts.
    return [
      [this.pairs, `${key} ${network}`],
      [this.accounts, key],
      [this.addresses, network],
    ]
  }
}

async function consume(limit: RateLimiterAbstract, key: string): Promise<Refusal | null> {
  try {
    await limit.consume(key)
    return null
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { retryAfterSeconds: secondsOf(refused), first: refused.consumedPoints === limit.points + 1 }
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000))
}

function limiter(redis: RedisClient | null, name: string, points: number): RateLimiterAbstract {
  const options = { keyPrefix: `attempts:${name}`, points, duration: windowSeconds }
  const memory = new RateLimiterMemory(options)
  if (!redis) return memory
  return new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true, insuranceLimiter: memory })
}

/** One subscriber has a whole /64 of IPv6. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const missing = tail === undefined ? [] : Array.from({ length: Math.max(0, 4 - groups.length) }, () => '0')
  return [...groups, ...missing].slice(0, 4).join(':')
}
