import type { TokenPair } from '@huiyue/contracts'

/** One key, so that a change in another tab is one `storage` event. */
export const tokenStorageKey = 'huiyue.session'

export type Tokens = Pick<TokenPair, 'accessToken' | 'refreshToken'>

export interface TokenStore {
  read(): Tokens | null
  write(tokens: Tokens): void
  clear(): void
}

/** Reads the storage each time: another tab may have refreshed meanwhile. */
export function createTokenStore(storage: Storage): TokenStore {
  return {
    read() {
      try {
        const value: unknown = JSON.parse(storage.getItem(tokenStorageKey) ?? 'null')
        return isTokens(value) ? value : null
      } catch {
        return null
      }
    },
    write({ accessToken, refreshToken }) {
      storage.setItem(tokenStorageKey, JSON.stringify({ accessToken, refreshToken }))
    },
    clear() {
      storage.removeItem(tokenStorageKey)
    },
  }
}

function isTokens(value: unknown): value is Tokens {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accessToken' in value &&
    typeof value.accessToken === 'string' &&
    'refreshToken' in value &&
    typeof value.refreshToken === 'string'
  )
}
