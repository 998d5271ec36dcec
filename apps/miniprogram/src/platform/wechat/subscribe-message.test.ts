import { subscriptionResults } from '@huiyue/contracts'
import { describe, expect, it, vi } from 'vitest'
import { phone } from '../../../test/stub-uni'
import { getLoginCode } from './login-code'
import { requestSubscribeMessage } from './subscribe-message'

describe('asking for subscription', () => {
  it('reports every answer WeChat knows, per template', async () => {
    const ids = subscriptionResults.map((result) => `template-${result}`)
    for (const [index, result] of subscriptionResults.entries()) {
      const id = ids[index]!
      phone.subscribe = (options) => options.success?.({ errMsg: 'requestSubscribeMessage:ok', [id]: result })
      await expect(requestSubscribeMessage([id])).resolves.toEqual({ kind: 'answered', results: { [id]: result } })
    }
  })

  it('leaves out values that a later WeChat may bring', async () => {
    phone.subscribe = (options) => options.success?.({ a: 'accept', b: 'acceptByMagic' })
    await expect(requestSubscribeMessage(['a', 'b'])).resolves.toEqual({
      kind: 'answered',
      results: { a: 'accept' },
    })
  })

  it('asks at once, because WeChat shows the question inside a tap only', () => {
    const asked = vi.fn()
    phone.subscribe = asked
    void requestSubscribeMessage(['a', 'b', 'c', 'd'])
    expect(asked).toHaveBeenCalledTimes(1)
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ tmplIds: ['a', 'b', 'c'] })
  })

  it.each([
    [{ errCode: 20004, errMsg: 'requestSubscribeMessage:fail' }, 'switched_off'],
    [{ errCode: 20005 }, 'banned'],
    [{ errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' }, 'not_in_tap'],
    [{ errCode: 10002, errMsg: 'Request list fail' }, 'failed'],
  ])('says why it could not ask: %j', async (error, failure) => {
    phone.subscribe = (options) => options.fail?.(error)
    await expect(requestSubscribeMessage(['a'])).resolves.toEqual({ kind: 'unavailable', failure })
  })

  it('goes on where WeChat is too old to ask', async () => {
    vi.stubGlobal('uni', {})
    await expect(requestSubscribeMessage(['a'])).resolves.toEqual({ kind: 'unavailable', failure: 'not_supported' })
  })
})

describe('the login code', () => {
  it('is WeChat’s', async () => {
    await expect(getLoginCode()).resolves.toBe('code-1')
  })

  it('is missing rather than an error when WeChat gives none', async () => {
    phone.login = (options) => options.fail?.({ errMsg: 'login:fail' })
    await expect(getLoginCode()).resolves.toBeUndefined()
  })
})
