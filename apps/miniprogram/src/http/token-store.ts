import type { TokenPair } from '@huiyue/contracts'

const key = 'huiyue.tokens'

export type StoredTokens = Pick<TokenPair, 'accessToken' | 'refreshToken'>

/** The session's tokens, kept over restarts of the app. */
export interface TokenStore {
  load(): StoredTokens | undefined
  save(tokens: StoredTokens): void
  clear(): void
}

/** Always reads the storage: in H5 another tab may have renewed the tokens meanwhile. */
export function createTokenStore(): TokenStore {
  return {
    load() {
      const stored: unknown = uni.getStorageSync(key)
      return isTokens(stored) ? stored : undefined
    },
    save({ accessToken, refreshToken }) {
      uni.setStorageSync(key, { accessToken, refreshToken })
    },
    clear() {
      uni.removeStorageSync(key)
    },
  }
}

function isTokens(value: unknown): value is StoredTokens {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accessToken' in value &&
    'refreshToken' in value &&
    typeof value.accessToken === 'string' &&
    typeof value.refreshToken === 'string'
  )
}
