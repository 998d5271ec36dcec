import {
  buildRequest,
  operations,
  type Operation,
  type OperationId,
  type OperationRequest,
  type OperationResponse,
} from '@huiyue/contracts'
import { AxiosError, isAxiosError, type AxiosInstance, type AxiosResponse } from 'axios'
import { ApiError, apiErrorOf } from './api-error'
import { createRefreshSession, type Locks } from './refresh-session'
import type { TokenStore } from './token-store'

export interface CallOptions {
  signal?: AbortSignal
}

/** An operation that needs nothing may be called with its name alone. */
type Arguments<K extends OperationId> =
  Record<string, never> extends OperationRequest<K>
    ? [request?: OperationRequest<K>, options?: CallOptions]
    : [request: OperationRequest<K>, options?: CallOptions]

export type Call = <K extends OperationId>(operation: K, ...args: Arguments<K>) => Promise<OperationResponse<K>>

export interface HttpClientOptions {
  transport: AxiosInstance
  tokens: TokenStore
  locks?: Locks | undefined
  /** The session cannot be renewed: time to ask for the password, once. */
  onSessionEnded(): void
  /** The password is one that somebody else gave; nothing else works until it is changed. */
  onPasswordChangeRequired(): void
}

/** Calls the API by operation name. Rejects with `ApiError`, or with axios' own cancellation when aborted. */
export function createHttpClient(options: HttpClientOptions): { call: Call } {
  const { transport, tokens, locks, onSessionEnded, onPasswordChangeRequired } = options
  const refreshSession = createRefreshSession({
    tokens,
    locks,
    onEnded: onSessionEnded,
    exchange: (refreshToken) => call('refresh', { body: { refreshToken } }),
  })

  async function send(operation: OperationId, request: object, accessToken: string | null, options?: CallOptions) {
    const { method, url, headers, body } = buildRequest(operation, request)
    try {
      return await transport.request<unknown>({
        method,
        url,
        data: body,
        headers: { ...headers, ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}) },
        validateStatus: () => true,
        ...(options?.signal ? { signal: options.signal } : {}),
      })
    } catch (error) {
      if (!isAxiosError(error) || error.code === AxiosError.ERR_CANCELED) throw error
      const slow = error.code === AxiosError.ECONNABORTED || error.code === AxiosError.ETIMEDOUT
      throw new ApiError(slow ? 'TIMEOUT' : 'NETWORK')
    }
  }

  async function call<K extends OperationId>(operation: K, ...args: Arguments<K>): Promise<OperationResponse<K>> {
    const [request = {}, options] = args
    if (operations[operation].access === 'public') return read(operation, await send(operation, request, null, options))

    const accessToken = tokens.read()?.accessToken ?? null
    const answer = await send(operation, request, accessToken, options)
    const refused = answer.status === 401 ? apiErrorOf(401, answer.data) : null
    if (!refused || refused.code !== 'NOT_SIGNED_IN') return read(operation, answer)
    const fresh = await refreshSession(accessToken ?? '')
    return read(operation, await send(operation, request, fresh, options))
  }

  function read<K extends OperationId>(operation: K, answer: AxiosResponse<unknown>): OperationResponse<K> {
    if (answer.status >= 200 && answer.status <= 299) return resultOf(operation, answer)
    const error = apiErrorOf(answer.status, answer.data)
    if (error.code === 'PASSWORD_CHANGE_REQUIRED') onPasswordChangeRequired()
    throw error
  }

  return { call }
}

function resultOf<K extends OperationId>(operation: K, answer: AxiosResponse<unknown>): OperationResponse<K> {
  const { response, produces }: Operation = operations[operation]
  const arrived = produces
    ? typeof answer.data === 'string' && String(answer.headers['content-type']).startsWith(produces)
    : typeof answer.data === 'object' && answer.data !== null
  if (response && !arrived) throw new ApiError('BAD_ANSWER', answer.status)
  return answer.data as OperationResponse<K>
}
