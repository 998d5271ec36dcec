import type { Identity } from './actor'

export interface CachedIdentity {
  identity: Identity
  /** When the access token ends, in ms since 1970. */
  expiresAt: number
}

/** Stands in front of the token look-up; keys are hashes of access tokens. */
export interface IdentityCache {
  /** False: there is nothing to forget. */
  readonly keeps: boolean
  get(tokenHash: string): Promise<CachedIdentity | null>
  /** Keeps what the database said, unless the token was forgotten since it was asked. */
  put(tokenHash: string, cached: CachedIdentity): Promise<void>
  /** Call it after the commit that ended these tokens or changed what they allow: every process then asks anew. */
  forget(tokenHashes: readonly string[]): Promise<void>
}

/** DI token of the cache. */
export const IdentityCacheToken = Symbol('IdentityCache')

/** Without Redis every look-up asks the database: nothing to keep in step. */
export const noIdentityCache: IdentityCache = {
  keeps: false,
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  forget: () => Promise.resolve(),
}
