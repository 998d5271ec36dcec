import type { ErrorCode, TokenPair } from '@huiyue/contracts'
import axios, { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from './api-error'
import { createHttpClient } from './http-client'
import { createTokenStore, tokenStorageKey } from './token-store'

interface Answer {
  status: number
  data: unknown
}
type Server = (request: InternalAxiosRequestConfig) => Answer | Promise<Answer>

const errorAnswer = (status: number, code: ErrorCode, details?: unknown): Answer => ({
  status,
  data: { error: { code, message: 'words', requestId: 'r-1', ...(details === undefined ? {} : { details }) } },
})
const pair = (n: number): TokenPair => ({ accessToken: `access-${n}`, refreshToken: `refresh-${n}`, expiresIn: 900 })
const bearer = (request: InternalAxiosRequestConfig) => String(request.headers.get('authorization') ?? '')

/** Real axios and real storage; only the wire is ours. */
function clientOf(server: Server) {
  const tokens = createTokenStore(window.localStorage)
  const onSessionEnded = vi.fn()
  const transport = axios.create({
    adapter: async (config): Promise<AxiosResponse> => {
      const { status, data } = await server(config)
      return { status, data, statusText: '', headers: {}, config }
    },
  })
  const onPasswordChangeRequired = vi.fn()
  const client = createHttpClient({ transport, tokens, onSessionEnded, onPasswordChangeRequired })
  return { ...client, tokens, onSessionEnded, onPasswordChangeRequired }
}

/** Answers rooms to whoever shows the newest access token, and rotates on refresh. */
function rotatingServer() {
  const seen = { refreshes: [] as string[] }
  let current = 2
  const server: Server = (request) => {
    if (request.url === '/api/v1/auth/refresh') {
      const presented = String((JSON.parse(String(request.data)) as { refreshToken: string }).refreshToken)
      seen.refreshes.push(presented)
      if (presented !== `refresh-${current - 1}`) return errorAnswer(401, 'TOKEN_INVALID')
      return { status: 200, data: pair(current) }
    }
    if (bearer(request) !== `Bearer access-${current}`) return errorAnswer(401, 'NOT_SIGNED_IN')
    return { status: 200, data: { items: [], total: 0 } }
  }
  return { server, seen, expireAll: () => void (current += 1) }
}

beforeEach(() => window.localStorage.clear())

describe('a call whose access token has expired', () => {
  it('five at once cause one refresh and get five answers', async () => {
    const { server, seen } = rotatingServer()
    const { call, tokens, onSessionEnded } = clientOf(server)
    tokens.write(pair(1))

    const answers = await Promise.all(Array.from({ length: 5 }, () => call('listRooms')))

    expect(answers).toHaveLength(5)
    expect(answers.every((answer) => answer.total === 0)).toBe(true)
    expect(seen.refreshes).toEqual(['refresh-1'])
    expect(tokens.read()).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' })
    expect(onSessionEnded).not.toHaveBeenCalled()
  })

  it('a later expiry refreshes again, with the newer token', async () => {
    const { server, seen, expireAll } = rotatingServer()
    const { call, tokens } = clientOf(server)
    tokens.write(pair(1))
    await call('listRooms')
    expireAll()
    await call('listRooms')
    expect(seen.refreshes).toEqual(['refresh-1', 'refresh-2'])
  })

  it('a refused refresh rejects all of them and asks for the password once', async () => {
    const { call, tokens, onSessionEnded } = clientOf((request) =>
      request.url === '/api/v1/auth/refresh' ? errorAnswer(401, 'TOKEN_INVALID') : errorAnswer(401, 'NOT_SIGNED_IN'),
    )
    tokens.write(pair(1))
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => call('listRooms')))
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'ApiError', code: 'TOKEN_INVALID' } })
    expect(onSessionEnded).toHaveBeenCalledTimes(1)
    expect(tokens.read()).toBeNull()
  })

  it('a refresh that the network loses keeps the session', async () => {
    const { call, tokens, onSessionEnded } = clientOf((request) => {
      if (request.url === '/api/v1/auth/refresh') throw new AxiosError('gone', AxiosError.ERR_NETWORK)
      return errorAnswer(401, 'NOT_SIGNED_IN')
    })
    tokens.write(pair(1))
    await expect(call('listRooms')).rejects.toMatchObject({ code: 'NETWORK' })
    expect(tokens.read()?.refreshToken).toBe('refresh-1')
    expect(onSessionEnded).not.toHaveBeenCalled()
  })

  it('another tab that refreshed first is believed: the old refresh token is not presented', async () => {
    const { server, seen } = rotatingServer()
    let first = true
    const { call, tokens } = clientOf((request) => {
      if (first) {
        first = false
        window.localStorage.setItem(tokenStorageKey, JSON.stringify(pair(2)))
        return errorAnswer(401, 'NOT_SIGNED_IN')
      }
      return server(request)
    })
    tokens.write(pair(1))
    await expect(call('listRooms')).resolves.toMatchObject({ total: 0 })
    expect(seen.refreshes).toEqual([])
  })

  it('another tab that refreshed during ours does not end the session', async () => {
    const { call, tokens, onSessionEnded } = clientOf((request) => {
      if (request.url === '/api/v1/auth/refresh') {
        window.localStorage.setItem(tokenStorageKey, JSON.stringify(pair(2)))
        return errorAnswer(401, 'TOKEN_INVALID')
      }
      return bearer(request) === 'Bearer access-2'
        ? { status: 200, data: { items: [], total: 7 } }
        : errorAnswer(401, 'NOT_SIGNED_IN')
    })
    tokens.write(pair(1))
    await expect(call('listRooms')).resolves.toMatchObject({ total: 7 })
    expect(onSessionEnded).not.toHaveBeenCalled()
  })
})

it('a call refused until the password is changed says so, and leaves the session alone', async () => {
  const { call, tokens, onPasswordChangeRequired, onSessionEnded } = clientOf(() =>
    errorAnswer(403, 'PASSWORD_CHANGE_REQUIRED'),
  )
  tokens.write(pair(1))
  await expect(call('listRooms')).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' })
  expect(onPasswordChangeRequired).toHaveBeenCalledTimes(1)
  expect(onSessionEnded).not.toHaveBeenCalled()
  expect(tokens.read()).not.toBeNull()
})

describe('what a failed call rejects with', () => {
  it('carries the code, status, details and request id of the server', async () => {
    const issues = [{ path: 'title', code: 'required', message: 'title: required' }]
    const { call } = clientOf(() => errorAnswer(400, 'VALIDATION_FAILED', { issues }))
    const error = await call('listRooms').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', status: 400, requestId: 'r-1', fieldIssues: issues })
  })

  it('a wrong password is an answer, not a reason to refresh', async () => {
    const urls: (string | undefined)[] = []
    const { call, tokens } = clientOf((request) => {
      urls.push(request.url)
      return errorAnswer(401, 'CREDENTIALS_INVALID')
    })
    tokens.write(pair(1))
    const body = { username: 'lilei', password: 'x', clientId: 'web' } as const
    await expect(call('login', { body })).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' })
    expect(urls).toEqual(['/api/v1/auth/login'])
  })

  it.each([
    [AxiosError.ERR_NETWORK, 'NETWORK'],
    [AxiosError.ECONNABORTED, 'TIMEOUT'],
  ])('%s of the transport is %s', async (axiosCode, code) => {
    const { call } = clientOf(() => {
      throw new AxiosError('words', axiosCode)
    })
    await expect(call('listRooms')).rejects.toMatchObject({ name: 'ApiError', code, status: 0 })
  })

  it.each([
    [502, '<html>Bad gateway</html>'],
    [200, '<html>Log in to the hotel network</html>'],
  ])('an answer of %i that is not the API’s is BAD_ANSWER', async (status, data) => {
    const { call } = clientOf(() => ({ status, data }))
    await expect(call('listRooms')).rejects.toMatchObject({ code: 'BAD_ANSWER', status })
  })
})

it('tabs queue for the refresh through the lock they are given', async () => {
  const { server, seen } = rotatingServer()
  const queue: string[] = []
  const transport = axios.create({
    adapter: async (config) => ({ ...(await server(config)), statusText: '', headers: {}, config }),
  })
  let last: Promise<unknown> = Promise.resolve()
  const locks = {
    request<T>(name: string, callback: () => Promise<T>): Promise<T> {
      queue.push(name)
      const next = last.then(callback)
      last = next.catch(() => undefined)
      return next
    },
  }
  const tokens = createTokenStore(window.localStorage)
  const listeners = { onSessionEnded: () => undefined, onPasswordChangeRequired: () => undefined }
  const tabs = [1, 2].map(() => createHttpClient({ transport, tokens, locks, ...listeners }))
  tokens.write(pair(1))

  const answers = await Promise.all(tabs.map(({ call }) => call('listRooms')))

  expect(answers).toHaveLength(2)
  expect(queue).toHaveLength(2)
  expect(seen.refreshes).toEqual(['refresh-1'])
})
