import {
  auditActions,
  auditResources,
  bindingReasons,
  builtInRoles,
  clientIds,
  errorCodes,
  fieldIssueCodes,
  locales,
  type Locale,
  loginReasons,
  notificationReasons,
  notificationStates,
  permissions,
} from '@huiyue/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError, transportErrorCodes } from '../http/api-error'
import { en } from './en'
import { i18n, sentences, setLocale, translate, type Messages } from './index'
import { zhCn } from './zh-cn'

const messages: Record<Locale, Messages> = { 'zh-CN': zhCn, en }
type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree))
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [path, text] of leaves(value, `${prefix}${key}.`)) found.set(path, text)
  return found
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

afterEach(() => setLocale('zh-CN', false))

describe('both languages', () => {
  const zh = leaves(zhCn)
  const english = leaves(en)

  it('have the same messages, none of them empty', () => {
    expect([...english.keys()].sort()).toEqual([...zh.keys()].sort())
    for (const [key, text] of [...zh, ...english]) expect(text.trim(), key).not.toBe('')
  })

  it('put the same values into each message', () => {
    for (const [key, text] of zh) expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('leave no Chinese in English', () => {
    for (const [key, text] of english) expect(/[\u4e00-\u9fff]/.test(text), `${key}: ${text}`).toBe(false)
  })
})

describe.each(locales)('in %s', (locale) => {
  it('every code of the contract has words of its own', () => {
    const maps = messages[locale]
    const complete = (map: Record<string, string>, codes: readonly string[]) =>
      expect(Object.keys(map).sort()).toEqual([...codes].sort())
    complete(maps.errors, [...errorCodes, ...transportErrorCodes])
    complete(maps.fieldIssues, fieldIssueCodes)
    complete(maps.notificationStates, notificationStates)
    complete(maps.notificationReasons, notificationReasons)
    complete(maps.roles, builtInRoles)
    complete(maps.permissions, permissions)
    complete(maps.clients, clientIds)
    complete(maps.loginReasons, loginReasons)
    complete(maps.bindingReasons, bindingReasons)
    complete(
      maps.auditActions,
      auditActions.map((action) => action.replace('.', '_')),
    )
    complete(maps.auditResources, auditResources)
  })

  it('every message compiles and shows its values', () => {
    setLocale(locale, false)
    const { t } = i18n.global
    for (const [key, text] of leaves(messages[locale])) {
      const values = Object.fromEntries(placeholders(text).map((name) => [name, `<${name}>`]))
      const shown = t(key, values)
      expect(shown, key).not.toBe(key)
      for (const name of placeholders(text)) expect(shown, key).toContain(`<${name}>`)
    }
  })
})

describe('sentences about errors', () => {
  it('name the number to quote only for faults of the server', () => {
    setLocale('en', false)
    const { errorText } = sentences(translate)
    expect(errorText(new ApiError('INTERNAL', 500, undefined, 'req-7'))).toContain('req-7')
    expect(errorText(new ApiError('FORBIDDEN', 403, undefined, 'req-7'))).not.toContain('req-7')
  })

  it('put the limits of a field into its sentence', () => {
    setLocale('en', false)
    expect(sentences(translate).issueText({ code: 'too_long', params: { max: 100 } })).toBe(
      'At most 100 characters, please',
    )
  })
})
