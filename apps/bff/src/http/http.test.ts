import { apiPrefix, operations, builtInRoles, type BuiltInRole, type Operation } from '@huiyue/contracts'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { ReferenceController } from '../reference/reference.controller'

let app: TestApp
const tokens = new Map<BuiltInRole, string>()
beforeAll(async () => {
  app = await createTestApp({ CORS_ORIGINS: 'https://console.example' })
  for (const role of builtInRoles) tokens.set(role, (await app.signIn(role)).token)
})
afterAll(() => app.close())

const all = Object.entries(operations) as [string, Operation][]

describe('every answer', () => {
  it('that is an error has the one shape and an id to ask about', async () => {
    const { status, body, headers } = await supertest(app.http).get('/api/v1/nothing')
    expect(status).toBe(404)
    expect(body).toEqual({
      error: { code: 'NOT_FOUND', message: expect.any(String), requestId: headers['x-request-id'] },
    })
  })

  it('says which methods an address knows', async () => {
    const { status, body, headers } = await supertest(app.http).put('/api/v1/rooms')
    expect([status, body.error.code, headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET'])
  })

  it.each([
    ['half a document', '{"username":', 400, 'MALFORMED_JSON'],
    ['a list', '[]', 400, 'VALIDATION_FAILED'],
    ['more than 64 kB', JSON.stringify({ username: 'x'.repeat(70_000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('to %s is a refusal in words', async (_name, text, status, code) => {
    const answer = await supertest(app.http).post('/api/v1/auth/login').type('json').send(text)
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  })

  it('does not depend on the Content-Type, and a broken address is a refusal too', async () => {
    const login = await supertest(app.http).post('/api/v1/auth/login').type('text').send('{"username":"x"}')
    expect(login.body.error.code).toBe('VALIDATION_FAILED')
    const broken = await supertest(app.http)
      .get('/api/v1/bookings/%E0%A4%A')
      .set('authorization', `Bearer ${tokens.get('admin')}`)
    expect(broken.status).toBe(400)
  })

  it('closes the doors that browsers can close, and is not kept by anybody', async () => {
    const { headers } = await supertest(app.http).get('/api/v1/client-config')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-powered-by']).toBeUndefined()
    // On plain HTTP these would lock a local network out.
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
  })

  it('goes to the origins that were allowed, and to no others', async () => {
    const from = (origin: string) => supertest(app.http).get('/api/v1/client-config').set('origin', origin)
    expect((await from('https://console.example')).headers['access-control-allow-origin']).toBe(
      'https://console.example',
    )
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('for operators', () => {
  it('there is a health and a readiness address', async () => {
    expect((await supertest(app.http).get('/healthz')).body).toEqual({ status: 'ok' })
    expect((await supertest(app.http).get('/readyz')).body).toEqual({ status: 'ready' })
  })

  it('the OpenAPI document has every operation, with its errors and without dangling references', async () => {
    const { body } = await supertest(app.http).get('/api/openapi.json')
    for (const [id, { method, path }] of all) {
      const described = body.paths[apiPrefix + path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      expect(described?.operationId, id).toBe(id)
    }
    const conflict = body.paths['/api/v1/bookings'].post.responses['409'].description
    expect(conflict).toContain('BOOKING_CONFLICT')
    const parameters = body.paths['/api/v1/bookings'].get.parameters.map(
      (parameter: { name: string }) => parameter.name,
    )
    expect(parameters).toEqual(['from', 'to', 'mine', 'roomId', 'includeCancelled', 'limit', 'offset'])
    for (const [reference] of JSON.stringify(body).matchAll(/#\/[\w/$]+/g))
      expect(reference).toBe('#/components/schemas/ErrorResponse')
  })

  it('the API reference is served from here alone', async () => {
    const { text } = await supertest(app.http).get('/api/docs/')
    expect(text).toContain('swagger-ui')
    expect(text).not.toMatch(/(src|href)="https?:/)
    expect((await supertest(app.http).get('/api/docs/swagger-initializer.js')).text).toContain('/api/openapi.json')
  })
})

describe('reference data', () => {
  it('tells clients the time zone and the grid, before anybody has logged in', async () => {
    const { body } = await app.call('getClientConfig', {})
    expect(body).toMatchObject({ timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: { password: 'huiyue-demo' } })
  })

  it('never tells a demo password that somebody chose', () => {
    const demo = { password: 'chosen by somebody', sandboxUrl: null }
    expect(new ReferenceController({ ...app.config, demo }).clientConfig().demo?.password).toBeNull()
  })

  it('has a word in both languages for every code', async () => {
    const { body } = await app.call('getDictionaries', {}, tokens.get('member'))
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['equipment', 'bookingStatus', 'notificationState']))
    for (const item of Object.values(body).flat()) expect(item.label['zh-CN'] && item.label.en).toBeTruthy()
  })

  it('finds colleagues by name and username, in any case, and says whom WeChat reaches', async () => {
    await app.build.user({ name: '欧阳娜娜', username: 'OuyangNana' })
    const search = async (text: string) =>
      (await app.call('listUsers', { query: { search: text } }, tokens.get('member'))).body
    for (const text of ['欧阳', 'ouyang', 'NANA'])
      expect((await search(text)).items).toMatchObject([{ name: '欧阳娜娜', wechatBound: false }])
    await app.build.user({ name: '50% 的人', username: 'half_of_us' })
    for (const text of ['%', '％', 'f_o'])
      expect((await search(text)).items).toMatchObject([{ username: 'half_of_us' }])
    expect((await search("'; DROP TABLE users; --")).total).toBe(0)
    const page = (await app.call('listUsers', { query: { limit: 2, offset: 1 } }, tokens.get('member'))).body
    expect([page.items.length, page.total > 3]).toEqual([2, true])
  })
})
