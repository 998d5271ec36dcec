import type { TemplateInput } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'

let app: TestApp
let admin: string
beforeAll(async () => {
  app = await createTestApp()
  admin = (await app.signIn('admin')).token
})
afterAll(() => app.close())

const params = { code: 'BOOKING_CREATED' as const }
const input: TemplateInput = {
  templateId: 'another-template',
  page: 'pages/booking-detail/booking-detail?id={bookingId}',
  lang: 'en_US',
  miniprogramState: 'trial',
  fields: [
    { keyword: 'thing1', source: 'booking.title' },
    { keyword: 'time2', source: 'booking.startsAt' },
  ],
}

describe('a template', () => {
  it('starts with the mapping that every installation has', async () => {
    const { body } = await app.call('getTemplate', { params }, admin)
    expect(Object.fromEntries(body.fields.map(({ keyword, source }) => [keyword, source]))).toEqual({
      thing4: 'booking.title',
      thing1: 'room.name',
      character_string2: 'booking.timeRange',
      time6: 'booking.startsAt',
      thing3: 'organizer.name',
    })
  })

  it('is what was saved last', async () => {
    expect((await app.call('putTemplate', { params, body: input }, admin)).body).toEqual({ ...params, ...input })
    expect((await app.call('getTemplate', { params }, admin)).body).toEqual({ ...params, ...input })
  })

  it('is not saved when it cannot be sent', async () => {
    const fields: TemplateInput['fields'] = [{ keyword: 'date1', source: 'room.name' }]
    const { status, error } = await app.call('putTemplate', { params, body: { ...input, fields } }, admin)
    expect(status).toBe(400)
    expect(error.details).toMatchObject({ issues: [{ path: 'fields.0.source', code: 'source_unfit' }] })
  })

  it('names every wrong field', async () => {
    const wrong = { page: '/pages/x', lang: 'de_DE', fields: [{ keyword: 'Thing', source: 'x' }] }
    const body: TemplateInput = Object.assign({}, input, wrong)
    const { error } = await app.call('putTemplate', { params, body }, admin)
    expect((error.details as { issues: { path: string }[] }).issues.map((issue) => issue.path)).toEqual([
      'page',
      'lang',
      'fields.0.keyword',
      'fields.0.source',
    ])
  })

  it('is read by managers, changed by administrators, closed to others', async () => {
    const manager = (await app.signIn('manager')).token
    const member = (await app.signIn('member')).token
    expect((await app.call('getTemplate', { params }, manager)).status).toBe(200)
    expect((await app.call('putTemplate', { params, body: input }, manager)).error.code).toBe('FORBIDDEN')
    expect((await app.call('getTemplate', { params }, member)).error.code).toBe('FORBIDDEN')
  })
})
