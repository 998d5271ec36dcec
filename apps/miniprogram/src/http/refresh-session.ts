import { buildRequest, tokenPair, type HttpRequest } from '@huiyue/contracts'
import { ApiError, errorFromAnswer } from './api-error'
import type { StoredTokens, TokenStore } from './token-store'
import type { Answer } from './transport'

export interface RefresherParts {
  tokens: TokenStore
  send: (request: HttpRequest) => Promise<Answer>
  /** Another way in, tried before the session counts as lost; settles to undefined when there is none. */
  recover: () => Promise<StoredTokens | undefined>
  /** Called once when the server says that the session is over; not when it cannot be asked. */
  onSessionLost: () => void
}

/**
 * Exchanges the refresh token. However many calls ask at once, one request goes out and all share its outcome:
 * a refresh token works a single time, so a second request would end the session.
 */
export function createRefresher({ tokens, send, recover, onSessionLost }: RefresherParts): () => Promise<StoredTokens> {
  let running: Promise<StoredTokens> | undefined

  async function refresh(): Promise<StoredTokens> {
    const held = tokens.load()
    if (!held) throw lost()
    const { status, data } = await send(buildRequest('refresh', { body: { refreshToken: held.refreshToken } }))
    if (status === 200) {
      const pair = tokenPair.safeParse(data)
      if (!pair.success) throw new ApiError('INTERNAL', undefined, undefined, status)
      tokens.save(pair.data)
      return pair.data
    }
    // Only an answer about the token ends the session: a busy server or a lost network must not log anybody out.
    if (status === 401 || status === 400) {
      const now = tokens.load()
      if (now && now.refreshToken !== held.refreshToken) return now
      const recovered = await recover()
      if (!recovered) throw lost()
      tokens.save(recovered)
      return recovered
    }
    throw errorFromAnswer(status, data)
  }

  function lost(): ApiError {
    const held = tokens.load()
    tokens.clear()
    if (held) onSessionLost()
    return new ApiError('TOKEN_INVALID', undefined, undefined, 401)
  }

  return () => {
    running ??= refresh().finally(() => {
      running = undefined
    })
    return running
  }
}
