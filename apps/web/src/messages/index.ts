import { locale as localeSchema, type FieldIssue, type Locale } from '@huiyue/contracts'
import { createI18n, useI18n } from 'vue-i18n'
import type { ApiError } from '../http/api-error'
import { start as en } from './en/start'
import type { Like } from './shape'
import type { zhCn as reference } from './zh-cn'
import { start as zhCn } from './zh-cn/start'

export type Messages = Like<typeof reference>

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>
}[keyof T & string]
/** Every message there is, as `timeline.newBooking`. */
export type MessageKey = Leaves<Messages>

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string

const storageKey = 'huiyue.locale'

/** What the person chose in this browser; null while they chose nothing. */
export function chosenLocale(): Locale | null {
  const parsed = localeSchema.safeParse(window.localStorage.getItem(storageKey))
  return parsed.success ? parsed.data : null
}

export const i18n = createI18n({
  legacy: false,
  locale: chosenLocale() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'),
  fallbackLocale: false,
  // The others are added by `console.ts`, which comes with the first page behind the login page.
  messages: { 'zh-CN': zhCn, en },
})

/** Switches the language of everything at once; `keep` remembers it as this person's choice. */
export function setLocale(next: Locale, keep: boolean): void {
  i18n.global.locale.value = next
  document.documentElement.lang = next
  if (keep) window.localStorage.setItem(storageKey, next)
}

/** The translator of places outside components. */
export const translate: Translate = (key, values = {}) => i18n.global.t(key, values)

/** The typed translator for components, with the sentences that are put together from more than one message. */
export function useWords() {
  const { t: plain, locale } = useI18n({ useScope: 'global' })
  const t: Translate = (key, values = {}) => plain(key, values)
  return { t, locale, ...sentences(t) }
}

/** Sentences for errors, in the language of the translator. */
export function sentences(t: Translate) {
  return {
    /** What happened, and for the server's own faults the number to quote. */
    errorText(error: ApiError): string {
      const sentence = t(`errors.${error.code}`)
      return error.code === 'INTERNAL' && error.requestId
        ? `${sentence} ${t('errorReference', { requestId: error.requestId })}`
        : sentence
    },
    issueText(issue: Pick<FieldIssue, 'code' | 'params'>): string {
      return t(`fieldIssues.${issue.code}`, issue.params)
    },
  }
}
