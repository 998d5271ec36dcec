import { beforeEach, describe, expect, it } from 'vitest'
import { pathOf, phone, refusal } from '../../../test/stub-uni'
import { askToSubscribe, loadSubscriptions, remainingMessages, subscriptions } from './subscriptions'

const ledger = (remaining: number, templateId = 'tmpl-1') => ({
  statusCode: 200,
  data: { items: [{ templateCode: 'BOOKING_CREATED', templateId, remaining, lastResult: null }], total: 1 },
})
const reports = () =>
  phone.requests.filter(({ method }) => method === 'POST').map(({ data }) => JSON.parse(data ?? '') as object)

beforeEach(() => {
  subscriptions.value = []
})

describe('subscribing', () => {
  it('asks for the templates that are set up and tells the server the answer', async () => {
    phone.answer = (request) => ledger(request.method === 'GET' ? 0 : 1)
    await loadSubscriptions()
    expect(remainingMessages.value).toBe(0)
    await expect(askToSubscribe()).resolves.toEqual({ kind: 'answered', results: { 'tmpl-1': 'accept' } })
    expect(reports()).toEqual([{ requestId: expect.stringMatching(/^\w{8,}$/), results: { 'tmpl-1': 'accept' } }])
    expect(remainingMessages.value).toBe(1)
  })

  it('asks nothing while the organisation has no template', async () => {
    phone.answer = () => ledger(0, '')
    await loadSubscriptions()
    expect(remainingMessages.value).toBeUndefined()
    await expect(askToSubscribe()).resolves.toMatchObject({ kind: 'unavailable' })
    expect(phone.requests).toHaveLength(1)
  })

  it('reports again, under the same id, what did not get through', async () => {
    phone.answer = (request) => (request.method === 'GET' ? ledger(0) : { errMsg: 'request:fail' })
    await loadSubscriptions()
    await askToSubscribe()
    phone.answer = () => ledger(1)
    await loadSubscriptions()
    await loadSubscriptions()
    expect(reports()).toHaveLength(2)
    expect(reports()[1]).toEqual(reports()[0])
    expect(phone.requests.map(pathOf)).toContain('/me/subscriptions')
  })

  it('drops a report that the server will never take', async () => {
    phone.answer = (request) => (request.method === 'GET' ? ledger(0) : refusal(400, 'VALIDATION_FAILED'))
    await loadSubscriptions()
    await askToSubscribe()
    await loadSubscriptions()
    expect(reports()).toHaveLength(1)
  })
})
