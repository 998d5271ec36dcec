import { methodOverrideHeader } from '@huiyue/contracts'
import { describe, expect, it, vi } from 'vitest'
import { pathOf, phone, refusal } from '../../test/stub-uni'
import { createHttpClient } from './http-client'

const pair = (n: number) => ({ accessToken: `access-${n}`, refreshToken: `refresh-${n}`, expiresIn: 600 })

function client() {
  const http = createHttpClient('http://api.test')
  const lost = vi.fn()
  http.whenSessionLost(lost)
  return { http, lost }
}

/** A server that knows `access-2` only, and what it says when asked to refresh. */
function server(refresh: () => ReturnType<typeof phone.answer>) {
  phone.answer = async (request) => {
    if (pathOf(request) === '/auth/refresh') return refresh()
    return request.header.authorization === 'Bearer access-2'
      ? { statusCode: 200, data: { items: [], total: 7 } }
      : refusal(401, 'NOT_SIGNED_IN')
  }
}

const refreshes = () => phone.requests.filter((request) => pathOf(request) === '/auth/refresh')

describe('an expired access token', () => {
  it('is renewed once for five calls that meet it together, and all five get their answer', async () => {
    const { http, lost } = client()
    http.tokens.save(pair(1))
    server(async () => {
      await Promise.resolve()
      return { statusCode: 200, data: pair(2) }
    })
    const answers = await Promise.all(Array.from({ length: 5 }, () => http.call('listRooms')))
    expect(answers.map(({ total }) => total)).toEqual([7, 7, 7, 7, 7])
    expect(refreshes()).toHaveLength(1)
    expect(JSON.parse(refreshes()[0]?.data ?? '')).toEqual({ refreshToken: 'refresh-1' })
    expect(http.tokens.load()).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' })
    expect(lost).not.toHaveBeenCalled()
  })

  it('whose session is over rejects all calls and ends the session once', async () => {
    const { http, lost } = client()
    http.tokens.save(pair(1))
    server(() => refusal(401, 'TOKEN_INVALID'))
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => http.call('listRooms')))
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'TOKEN_INVALID' } })
    expect(refreshes()).toHaveLength(1)
    expect(lost).toHaveBeenCalledTimes(1)
    expect(http.tokens.load()).toBeUndefined()
  })

  it('whose session is over is replaced once where there is another way in, unnoticed by all five', async () => {
    const { http, lost } = client()
    http.tokens.save(pair(1))
    const recover = vi.fn(() => Promise.resolve(pair(2)))
    http.recoverWith(recover)
    server(() => refusal(401, 'TOKEN_INVALID'))
    const answers = await Promise.all(Array.from({ length: 5 }, () => http.call('listRooms')))
    expect(answers.map(({ total }) => total)).toEqual([7, 7, 7, 7, 7])
    expect(refreshes()).toHaveLength(1)
    expect(recover).toHaveBeenCalledTimes(1)
    expect(lost).not.toHaveBeenCalled()
    expect(http.tokens.load()).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' })
  })

  it('is not recovered while the server cannot be asked', async () => {
    const { http } = client()
    http.tokens.save(pair(1))
    const recover = vi.fn(() => Promise.resolve(pair(2)))
    http.recoverWith(recover)
    server(() => ({ errMsg: 'request:fail ' }))
    await expect(http.call('listRooms')).rejects.toMatchObject({ code: 'NETWORK' })
    expect(recover).not.toHaveBeenCalled()
  })

  it('does not log anybody out while the server cannot be asked', async () => {
    const { http, lost } = client()
    http.tokens.save(pair(1))
    server(() => ({ errMsg: 'request:fail ' }))
    await expect(http.call('listRooms')).rejects.toMatchObject({ code: 'NETWORK' })
    server(() => refusal(503, 'SERVER_BUSY'))
    await expect(http.call('listRooms')).rejects.toMatchObject({ code: 'SERVER_BUSY' })
    expect(lost).not.toHaveBeenCalled()
    expect(http.tokens.load()).toEqual({ accessToken: 'access-1', refreshToken: 'refresh-1' })
  })

  it('that another call has renewed meanwhile is not renewed again', async () => {
    const { http } = client()
    http.tokens.save(pair(1))
    server(() => ({ statusCode: 500 }))
    const slow = http.call('listRooms')
    http.tokens.save(pair(2))
    await expect(slow).resolves.toMatchObject({ total: 7 })
    expect(refreshes()).toHaveLength(0)
  })

  it('that another tab has renewed meanwhile does not end the session', async () => {
    const { http, lost } = client()
    http.tokens.save(pair(1))
    server(() => {
      http.tokens.save(pair(2))
      return refusal(401, 'TOKEN_INVALID')
    })
    await expect(http.call('listRooms')).resolves.toMatchObject({ total: 7 })
    expect(lost).not.toHaveBeenCalled()
  })
})

describe('what goes wrong on the way', () => {
  it.each([
    [{ errMsg: 'request:fail timeout' }, 'TIMEOUT'],
    [{ errMsg: 'request:fail connect ECONNREFUSED' }, 'NETWORK'],
    [{ statusCode: 502, data: '<html>Bad gateway</html>' }, 'SERVER_BUSY'],
    [{ statusCode: 500, data: '' }, 'INTERNAL'],
    [refusal(403, 'FORBIDDEN'), 'FORBIDDEN'],
  ])('%j is %s', async (answer, code) => {
    phone.answer = () => answer
    await expect(client().http.call('getClientConfig')).rejects.toMatchObject({ code })
  })

  it('keeps the refused fields and the bookings in the way', async () => {
    const issues = [{ path: 'title', code: 'required', message: 'title: required' }]
    phone.answer = () => refusal(400, 'VALIDATION_FAILED', { issues })
    await expect(client().http.call('getClientConfig')).rejects.toMatchObject({ issues, conflicts: [] })
  })

  it('keeps how long to wait after too many attempts', async () => {
    phone.answer = () => refusal(429, 'TOO_MANY_ATTEMPTS', { retryAfterSeconds: 40 })
    await expect(client().http.call('getClientConfig')).rejects.toMatchObject({ retryAfterSeconds: 40 })
  })
})

it('tells when nothing goes before the password is changed', async () => {
  const { http, lost } = client()
  const told = vi.fn()
  http.whenPasswordChangeRequired(told)
  http.tokens.save(pair(2))
  phone.answer = () => refusal(403, 'PASSWORD_CHANGE_REQUIRED')
  await expect(http.call('listRooms')).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' })
  expect(told).toHaveBeenCalledTimes(1)
  expect(lost).not.toHaveBeenCalled()
})

it('ends another session without touching its own', async () => {
  const { http } = client()
  http.tokens.save(pair(1))
  phone.answer = () => ({ errMsg: 'request:fail' })
  await http.discard(pair(2))
  expect(phone.requests.map(pathOf)).toEqual(['/auth/logout'])
  expect(phone.requests[0]?.header.authorization).toBe('Bearer access-2')
  expect(http.tokens.load()).toEqual({ accessToken: 'access-1', refreshToken: 'refresh-1' })
})

it('sends a wrong password once: only an expired token is renewed', async () => {
  const { http } = client()
  http.tokens.save(pair(1))
  phone.answer = () => refusal(401, 'CREDENTIALS_INVALID')
  const body = { username: 'lilei', password: 'x', clientId: 'mp-weixin' } as const
  await expect(http.call('login', { body })).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' })
  expect(phone.requests).toHaveLength(1)
  expect(phone.requests[0]?.header.authorization).toBeUndefined()
})

it('sends a change as POST, because wx.request knows no PATCH', async () => {
  phone.answer = () => ({ statusCode: 200, data: {} })
  await client().http.call('updateBooking', { params: { id: 'b1' }, body: { title: 'x' } })
  expect(phone.requests[0]).toMatchObject({
    method: 'POST',
    url: 'http://api.test/api/v1/bookings/b1',
    header: { [methodOverrideHeader]: 'PATCH' },
    data: '{"title":"x"}',
  })
})
