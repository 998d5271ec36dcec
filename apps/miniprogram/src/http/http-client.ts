import {
  buildRequest,
  operations,
  type HttpRequest,
  type OperationId,
  type OperationRequest,
  type OperationResponse,
} from '@huiyue/contracts'
import { ApiError, errorFromAnswer } from './api-error'
import { createRefresher } from './refresh-session'
import { createTokenStore, type StoredTokens, type TokenStore } from './token-store'
import { send } from './transport'

/** A call that needs nothing may be made without a second argument. */
type Arguments<K extends OperationId> =
  object extends OperationRequest<K> ? [request?: OperationRequest<K>] : [request: OperationRequest<K>]

export interface HttpClient {
  /** @throws ApiError for every outcome but success. */
  call<K extends OperationId>(operationId: K, ...request: Arguments<K>): Promise<OperationResponse<K>>
  tokens: TokenStore
  /** Told once each time the server ends the session. */
  whenSessionLost(listener: () => void): void
  /** Told each time a call is refused because the password has to be changed first. */
  whenPasswordChangeRequired(listener: () => void): void
  /** Asked for new tokens before a session counts as lost. */
  recoverWith(recover: () => Promise<StoredTokens | undefined>): void
  /** Ends a session other than the one in use; failing at it is nobody's concern. */
  discard(tokens: StoredTokens): Promise<void>
}

export function createHttpClient(origin: string): HttpClient {
  const tokens = createTokenStore()
  const lostListeners: (() => void)[] = []
  const passwordListeners: (() => void)[] = []
  let recover = (): Promise<StoredTokens | undefined> => Promise.resolve(undefined)
  const sendHere = (request: HttpRequest) => send(origin, request)
  const refresh = createRefresher({
    tokens,
    send: sendHere,
    recover: () => recover(),
    onSessionLost: () => lostListeners.forEach((listener) => listener()),
  })

  const authorized = (request: HttpRequest, held: StoredTokens | undefined): HttpRequest =>
    held ? { ...request, headers: { ...request.headers, authorization: `Bearer ${held.accessToken}` } } : request

  async function exchange(request: HttpRequest): Promise<unknown> {
    const { status, data } = await sendHere(request)
    if (status >= 200 && status < 300) return status === 204 ? undefined : data
    const error = errorFromAnswer(status, data)
    if (error.code === 'PASSWORD_CHANGE_REQUIRED') passwordListeners.forEach((listener) => listener())
    throw error
  }

  async function exchangeSignedIn(request: HttpRequest): Promise<unknown> {
    const used = tokens.load()
    try {
      return await exchange(authorized(request, used))
    } catch (error) {
      if (!used || !(error instanceof ApiError) || error.code !== 'NOT_SIGNED_IN') throw error
      // Another call may have renewed the tokens while this one was on its way.
      const now = tokens.load()
      const fresh = now && now.accessToken !== used.accessToken ? now : await refresh()
      return exchange(authorized(request, fresh))
    }
  }

  return {
    tokens,
    whenSessionLost: (listener) => void lostListeners.push(listener),
    whenPasswordChangeRequired: (listener) => void passwordListeners.push(listener),
    recoverWith(way) {
      recover = way
    },
    async discard(held) {
      await sendHere(authorized(buildRequest('logout'), held)).catch(() => {})
    },
    async call<K extends OperationId>(operationId: K, ...[request]: Arguments<K>) {
      const built = buildRequest(operationId, request)
      const isPublic = operations[operationId].access === 'public'
      return (await (isPublic ? exchange(built) : exchangeSignedIn(built))) as OperationResponse<K>
    },
  }
}

/** The app's one client. */
export const http = createHttpClient(__API_BASE__)
