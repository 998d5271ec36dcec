import type { Locale, LocalizedText } from '@huiyue/contracts'
import { ref } from 'vue'
import { en } from '@/locale/en'
import { zhCN } from '@/locale/zh-CN'

// Not vue-i18n: uni-app swaps it for a runtime-only version in the mini program, which cannot fill in `{name}`.
type Name = string | number
type Leaves<T> = { [K in keyof T & Name]: T[K] extends string ? `${K}` : `${K}.${Leaves<T[K]>}` }[keyof T & Name]
type Widen<T> = { [K in keyof T]: T[K] extends string ? string : Widen<T[K]> }

/** What every language must say, no more and no less. */
export type Messages = Widen<typeof zhCN>
export type MessageKey = Leaves<typeof zhCN>

const storageKey = 'huiyue.locale'
const tables: Record<Locale, Messages> = { 'zh-CN': zhCN, en }

const stored = (): Locale | undefined => {
  const value: unknown = uni.getStorageSync(storageKey)
  return value === 'en' || value === 'zh-CN' ? value : undefined
}

/** The language on screen; Chinese until the person or their account says otherwise. */
export const locale = ref<Locale>(stored() ?? 'zh-CN')

/** The person's own choice on this device; it outweighs the account's. */
export function chooseLocale(choice: Locale) {
  locale.value = choice
  uni.setStorageSync(storageKey, choice)
}

/** The account's language, for people who have chosen none on this device. */
export function suggestLocale(suggestion: Locale) {
  if (!stored()) locale.value = suggestion
}

/** A sentence in the language on screen, with `{name}` filled in. Reactive when used in a template. */
export function t(key: MessageKey, params?: Readonly<Record<string, string | number>>): string {
  const text = lookUp(tables[locale.value], key)
  return params ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(params[name] ?? all)) : text
}

/** A text the server gives in every language. */
export function localized(text: LocalizedText): string {
  return text[locale.value]
}

function lookUp(table: Messages, key: MessageKey): string {
  let node: unknown = table
  for (const part of key.split('.'))
    node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[part] : undefined
  return typeof node === 'string' ? node : key
}
