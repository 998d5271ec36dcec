import * as z from 'zod/mini'

/** Opaque to clients: never parse, sort or build one. */
export const id = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]*$/))

const invisible = /^[\p{C}\p{Z}]*$/u

/** One line of words as people type them: without control characters and stray blanks; only invisible ones are none. */
export function line(maxLength: number) {
  return z.string().check(z.overwrite(oneLine), z.maxLength(maxLength))
}

/** A line that must say something. */
export function requiredLine(maxLength: number) {
  return z.string().check(z.overwrite(oneLine), z.minLength(1), z.maxLength(maxLength))
}

/** Words over several lines. */
export function paragraph(maxLength: number) {
  const clean = (text: string) =>
    text
      .split(/\r\n?|\n/)
      .map((part) => part.replace(/[\p{Cc}\p{Cs}]+/gu, ' '))
      .join('\n')
  return z.string().check(
    z.overwrite((text) => (invisible.test(text) ? '' : clean(text).trim())),
    z.maxLength(maxLength),
  )
}

function oneLine(text: string): string {
  return invisible.test(text) ? '' : text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()
}

/** Printable ASCII without blanks, such as a token. */
export function printable(maxLength: number) {
  return z.string().check(z.minLength(1), z.maxLength(maxLength), z.regex(/^[\x21-\x7e]*$/))
}

/**
 * An instant: ISO-8601 with an offset on the way in, always `Z` on the way out. Its year is one that a booking can
 * mean, which keeps whole minutes within a database's plain integers.
 */
export const instant = z.iso
  .datetime({ offset: true })
  .check(z.refine((text) => /^2\d{3}-/.test(text) || !/^\d{4}-/.test(text)))

/** Every list has this shape; `total` counts all matches, not only the returned ones. */
export function listOf<T extends z.core.$ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.int() })
}

/** A query value such as `?mine=true`. */
export const booleanQuery = z.stringbool()

/** A query value such as `?roomIds=a,b`. */
export const idListQuery = z.pipe(
  z.string().check(z.maxLength(16_000)),
  z.transform((text: string) => text.split(',').filter((part) => part.length > 0)),
)

export const locales = ['zh-CN', 'en'] as const
export const locale = z.enum(locales)
export type Locale = z.infer<typeof locale>

/** A text in every language the product speaks: a missing one is a type error. */
export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
export type LocalizedText = z.infer<typeof localizedText>

/** `limit` and `offset` of a list. */
export function pageQuery(maximum: number, usual: number) {
  return {
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(maximum)), usual),
    offset: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)), 0),
  }
}

export const sortOrder = z.enum(['asc', 'desc'])
export type SortOrder = z.infer<typeof sortOrder>

/** IANA name of a time zone that this machine knows. */
export const timeZone = z.string().check(z.minLength(1), z.maxLength(64), z.refine(isTimeZone))

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** As people write it; blanks and hyphens are dropped. */
export const mobileNumber = z.string().check(
  z.overwrite((text) => text.replace(/[\s-]+/g, '')),
  z.minLength(1),
  z.maxLength(20),
  z.regex(/^(?:\+?\d{5,19})?$/),
)

export const emailAddress = z.string().check(
  z.overwrite((text) => text.trim()),
  z.minLength(1),
  z.maxLength(254),
  z.regex(/^(?:[^\s@\p{C}]+@[^\s@\p{C}.]+(?:\.[^\s@\p{C}.]+)+)?$/u),
)
