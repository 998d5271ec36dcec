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

  constructor(@inject(RedisToken) redis: RedisClient | null) {
    this.addresses = limiter(redis, 'address', addressFailures)
    this.accounts = limiter(redis, 'account', accountFailures)
    this.pairs = limiter(redis, 'pair', pairFailures)
  }

  /** Counts the attempt; null: it may go on. */
  async begin(attempt: Attempt): Promise<Refusal | null> {
    for (const [limit, key] of this.limitsOf(attempt)) {
      try {
        await limit.consume(key)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        return { retryAfterSeconds, first: refused.consumedPoints === limit.points + 1 }
      }
    }
    return null
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
