import { ApiError } from './api-error'
import type { Tokens, TokenStore } from './token-store'

const lockName = 'huiyue.refresh'

/** The part of `navigator.locks` that is used here. */
export interface Locks {
  request<T>(name: string, callback: () => Promise<T>): Promise<T>
}

export interface RefreshSessionOptions {
  tokens: TokenStore
  /** Presents the refresh token to the server. */
  exchange(refreshToken: string): Promise<Tokens>
  /** Missing on pages served without TLS; then the re-reading of the storage alone keeps tabs apart. */
  locks?: Locks | undefined
  /** Called once when the session is over for good. */
  onEnded(): void
}

/**
 * Makes the function that a call uses after a 401: it is given the access token that was refused and answers one to
 * try again with. However many calls ask at once, and from however many tabs, a refresh token is presented once.
 */
export function createRefreshSession({ tokens, exchange, locks, onEnded }: RefreshSessionOptions) {
  let running: Promise<string> | null = null

  async function renew(refused: string): Promise<string> {
    const held = tokens.read()
    if (!held) return end()
    if (held.accessToken !== refused) return held.accessToken
    try {
      const fresh = await exchange(held.refreshToken)
      tokens.write(fresh)
      return fresh.accessToken
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'TOKEN_INVALID') throw error
      const now = tokens.read()
      if (now && now.refreshToken !== held.refreshToken) return now.accessToken
      return end()
    }
  }

  function end(): never {
    tokens.clear()
    onEnded()
    throw new ApiError('TOKEN_INVALID', 401)
  }

  return function refreshSession(refused: string): Promise<string> {
    running ??= (locks ? locks.request(lockName, () => renew(refused)) : renew(refused)).finally(() => {
      running = null
    })
    return running
  }
}
