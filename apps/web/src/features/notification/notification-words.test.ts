import { notificationReasons, notificationStates } from '@huiyue/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { setLocale, translate } from '@/messages'
import { attendeeDeliveryWords, deliveryWords, errcodeText } from './notification-words'

afterEach(() => setLocale('zh-CN', false))

describe('what became of a message', () => {
  it.each(['zh-CN', 'en'] as const)('has a word and a sentence for every state and reason in %s', (locale) => {
    setLocale(locale, false)
    const labels = notificationStates.map((state) => deliveryWords({ state, reason: null }, translate).label)
    expect(new Set(labels).size).toBe(notificationStates.length)
    const sentences = notificationReasons.map((reason) => deliveryWords({ state: 'dead', reason }, translate).sentence)
    expect(new Set(sentences).size).toBe(notificationReasons.length)
  })

  it('gives the reason rather than the general sentence', () => {
    setLocale('zh-CN', false)
    expect(deliveryWords({ state: 'suppressed', reason: 'not_bound' }, translate)).toEqual({
      tone: 'warning',
      label: '未发送',
      sentence: '没有登录过小程序，系统不知道对方的微信',
    })
    expect(deliveryWords({ state: 'sent', reason: null }, translate).sentence).toBe('微信已经收下这条消息。')
  })
})

describe('an attendee without a message', () => {
  it('is told apart by whether WeChat could reach them', () => {
    setLocale('en', false)
    expect(attendeeDeliveryWords({ delivery: null, wechatBound: false }, true, translate)?.label).toBe('Not on WeChat')
    expect(attendeeDeliveryWords({ delivery: null, wechatBound: true }, true, translate)?.label).toBe('No message')
  })
})

it('nothing is claimed about messages to others that one may not see', () => {
  const hidden = { delivery: null, wechatBound: true }
  expect(attendeeDeliveryWords(hidden, false, translate)).toBeNull()
})

describe('WeChat’s numbers', () => {
  it('that staff meet have a meaning', () => {
    setLocale('en', false)
    const seen = [-1, 40003, 40037, 43101, 45009, 47003].map((code) => errcodeText(code, translate))
    expect(new Set(seen).size).toBe(6)
    expect(errcodeText(43101, translate)).toBe('Refused, or no accept left')
  })

  it('that nobody knows are shown as they are, and success says nothing', () => {
    setLocale('en', false)
    expect(errcodeText(99999, translate)).toBe('WeChat error 99999')
    expect(errcodeText(0, translate)).toBeNull()
    expect(errcodeText(null, translate)).toBeNull()
  })
})
