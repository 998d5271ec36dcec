import { permission } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { LoggerToken, type Logger } from '../logging/logger'
import { RedisToken, type RedisClient } from '../redis/redis'
import type { Reach } from '../role/reach'
import type { CachedIdentity, IdentityCache } from './identity-cache'

/** How long an answer of the database may be repeated, should a `forget` not get through to Redis. */
const keepSeconds = 30
/** Longer than any request takes between asking the database and keeping its answer. */
const forgottenSeconds = 120
const forgotten = 'forgotten'

const storedReach = z.union([
  z.literal('everywhere'),
  z.object({ buildings: z.array(z.string()), departments: z.array(z.string()) }),
])
const stored = z.object({
  userId: z.string(),
  sessionId: z.string(),
  roles: z.array(z.string()),
  reaches: z.array(z.tuple([permission, storedReach])),
  mustChangePassword: z.boolean(),
  expiresAt: z.number(),
})

/**
 * One cache for all processes: nothing is kept in a process's own memory, so what one of them forgets, none finds any
 * more. A forgotten token leaves a mark that `put` cannot overwrite: an answer that the database gave just before the
 * revocation was committed does not come in after it.
 */
@scoped(Lifecycle.ContainerScoped)
export class RedisIdentityCache implements IdentityCache {
  readonly keeps = true
  private readonly logger: Logger

  constructor(
    @inject(RedisToken) private readonly redis: RedisClient,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'identity-cache' })
  }

  async get(tokenHash: string): Promise<CachedIdentity | null> {
    try {
      const text = await this.redis.get(keyOf(tokenHash))
      return text === null || text === forgotten ? null : parse(text)
    } catch {
      return null
    }
  }

  async put(tokenHash: string, cached: CachedIdentity): Promise<void> {
    try {
      const expiration = { type: 'EX', value: keepSeconds } as const
      await this.redis.set(keyOf(tokenHash), serialize(cached), { condition: 'NX', expiration })
    } catch {
      // The next look-up asks the database again.
    }
  }

  async forget(tokenHashes: readonly string[]): Promise<void> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        const commands = this.redis.multi()
        for (const hash of tokenHashes) commands.setEx(keyOf(hash), forgottenSeconds, forgotten)
        await commands.execAsPipeline()
        return
      } catch (error) {
        if (attempt === 2)
          this.logger.error(
            { err: error, keepSeconds },
            'ended tokens may be taken for alive until the cache drops them',
          )
      }
    }
  }
}

function keyOf(tokenHash: string): string {
  return `token:${tokenHash}`
}

function serialize({ identity, expiresAt }: CachedIdentity): string {
  const reaches = [...identity.reaches].map(([name, reach]) => [
    name,
    reach === 'everywhere' ? reach : { buildings: [...reach.buildings], departments: [...reach.departments] },
  ])
  return JSON.stringify({ ...identity, reaches, expiresAt })
}

/** Null for what another version of the product wrote. */
function parse(text: string): CachedIdentity | null {
  const parsed = stored.safeParse(JSON.parse(text))
  if (!parsed.success) return null
  const { reaches, expiresAt, ...identity } = parsed.data
  const reachOf = (reach: z.infer<typeof storedReach>): Reach =>
    reach === 'everywhere' ? reach : { buildings: new Set(reach.buildings), departments: new Set(reach.departments) }
  return {
    identity: { ...identity, reaches: new Map(reaches.map(([name, reach]) => [name, reachOf(reach)])) },
    expiresAt,
  }
}
