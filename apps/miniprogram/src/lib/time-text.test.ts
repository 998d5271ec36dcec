import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from './i18n'
import { agoWords, dayWords, durationWords, momentWords, rangeWords, relativeDayWords, waitWords } from './time-text'

const zone = 'Asia/Shanghai'

beforeEach(() => {
  locale.value = 'zh-CN'
})

describe('times in words', () => {
  it('are the organisation’s, in either language', () => {
    const meeting = { startsAt: '2026-11-23T01:00:00Z', endsAt: '2026-11-23T02:30:00Z' }
    expect(rangeWords(meeting, zone)).toBe('09:00–10:30')
    expect(dayWords('2026-11-23')).toBe('11月23日 周一')
    locale.value = 'en'
    expect(dayWords('2026-11-23')).toBe('Mon 23 Nov')
  })

  it('name both days of a meeting over midnight, and 24:00 when it ends there', () => {
    expect(rangeWords({ startsAt: '2026-11-23T14:00:00Z', endsAt: '2026-11-23T17:00:00Z' }, zone)).toBe(
      '11/23 22:00 – 11/24 01:00',
    )
    expect(rangeWords({ startsAt: '2026-11-23T14:00:00Z', endsAt: '2026-11-23T16:00:00Z' }, zone)).toBe('22:00–24:00')
  })

  it('say 今天, 明天 and 昨天 by the organisation’s clock', () => {
    const now = Date.parse('2026-11-22T16:30:00Z')
    expect(relativeDayWords('2026-11-23', now, zone)).toBe('今天')
    expect(relativeDayWords('2026-11-24', now, zone)).toBe('明天')
    expect(relativeDayWords('2026-11-22', now, zone)).toBe('昨天')
    expect(relativeDayWords('2026-11-27', now, zone)).toBe('11月27日 周五')
  })

  it.each([
    [0, '刚刚'],
    [12, '12 分钟前'],
    [3 * 60 + 59, '3 小时前'],
    [24 * 60, '昨天 00:30'],
    [30 * 24 * 60, '10月24日 周六 00:30'],
    [330 * 24 * 60, '2025年12月28日 周日 00:30'],
  ])('%i minutes ago are %s', (minutes, words) => {
    const now = Date.parse('2026-11-22T16:30:00Z')
    expect(agoWords(new Date(now - minutes * 60_000).toISOString(), now, zone)).toBe(words)
  })

  it('are those of the person’s own zone where they chose one', () => {
    const now = Date.parse('2026-11-22T16:30:00Z')
    expect(momentWords('2026-11-22T01:12:00Z', now, 'Europe/Berlin')).toBe('今天 02:12')
    expect(momentWords('2026-11-22T01:12:00Z', now, zone)).toBe('昨天 09:12')
  })

  it('count a wait down', () => {
    expect([waitWords(9), waitWords(60), waitWords(754)]).toEqual(['9 秒', '1 分 00 秒', '12 分 34 秒'])
  })

  it.each([
    [45, '45 分钟'],
    [60, '1 小时'],
    [90, '1.5 小时'],
    [135, '2 小时 15 分钟'],
  ])('%i minutes are %s', (minutes, words) => {
    expect(durationWords(minutes)).toBe(words)
  })
})
