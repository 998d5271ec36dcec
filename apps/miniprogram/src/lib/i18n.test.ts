import { beforeEach, describe, expect, it } from 'vitest'
import { en } from '@/locale/en'
import { zhCN } from '@/locale/zh-CN'
import { phone } from '../../test/stub-uni'
import { chooseLocale, locale, localized, suggestLocale, t } from './i18n'

beforeEach(() => {
  locale.value = 'zh-CN'
})

const texts = (node: object, path = ''): [string, string][] =>
  Object.entries(node).flatMap(([name, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : texts(Object(value), `${path}${name}.`),
  )
const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe('texts', () => {
  it('are filled in, in the language on screen', () => {
    expect(t('rooms.seats', { count: 6 })).toBe('6 人')
    locale.value = 'en'
    expect(t('rooms.seats', { count: 6 })).toBe('6 seats')
    expect(localized({ 'zh-CN': '白板', en: 'Whiteboard' })).toBe('Whiteboard')
  })

  it('show a missing value as it stands rather than as "undefined"', () => {
    expect(t('rooms.seats', {})).toBe('{count} 人')
  })

  it('ask for the same values in both languages, apart from how a month is written', () => {
    const english = new Map(texts(en))
    for (const [key, chinese] of texts(zhCN)) {
      const wanted = gaps(chinese).map((gap) => (gap === '{month}' ? '{monthName}' : gap))
      expect(gaps(english.get(key) ?? '').sort(), key).toEqual(wanted.sort())
    }
  })

  it('are never empty', () => {
    for (const [key, text] of [...texts(zhCN), ...texts(en)]) expect(text.trim(), key).not.toBe('')
  })
})

describe('the language', () => {
  it('is the account’s until the person chooses one on this device', () => {
    suggestLocale('en')
    expect(locale.value).toBe('en')
    chooseLocale('zh-CN')
    suggestLocale('en')
    expect(locale.value).toBe('zh-CN')
    expect(phone.storage.get('huiyue.locale')).toBe('zh-CN')
  })
})
