import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from './i18n'
import { dayWords, durationWords, rangeWords, relativeDayWords } from './time-text'

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
    [45, '45 分钟'],
    [60, '1 小时'],
    [90, '1.5 小时'],
    [135, '2 小时 15 分钟'],
  ])('%i minutes are %s', (minutes, words) => {
    expect(durationWords(minutes)).toBe(words)
  })
})
