import type { FieldIssue, TemplateField, TemplateSource } from '@huiyue/contracts'

/** What a source yields; a keyword type takes some of these. */
export type SourceValue =
  | { kind: 'text'; text: string }
  | { kind: 'moment'; date: string; time: string }
  | { kind: 'date'; date: string }
  | { kind: 'range'; date: string; time: string; endDate: string; endTime: string }

type Kind = SourceValue['kind']

/** What each source yields. Dates are `2026-11-23`, times `09:05`, in the organisation's zone. */
const kindOfSource: Record<TemplateSource, Kind> = {
  'booking.title': 'text',
  'booking.note': 'text',
  'booking.date': 'date',
  'booking.startsAt': 'moment',
  'booking.timeRange': 'range',
  'room.name': 'text',
  'room.location': 'text',
  'organizer.name': 'text',
}

interface KeywordType {
  takes: readonly Kind[]
  write(value: SourceValue): string
}

/**
 * The keyword types of subscribe messages, with what WeChat accepts in each (`wechat-platform.md` 1.3.4). Types whose
 * values we have no source for (amount, phone_number, car_number, enum, letter, symbol, number) cannot be mapped.
 */
const keywordTypes: Readonly<Record<string, KeywordType>> = {
  thing: {
    takes: ['text', 'moment', 'date', 'range'],
    write: (value) => shorten(plain(asText(value)), 20),
  },
  character_string: {
    takes: ['text', 'moment', 'date', 'range'],
    // No Chinese here: what is left of a Chinese text is better than a refused message.
    write: (value) =>
      asText(value)
        .replace(/[^\x20-\x7e]/g, '')
        .trim()
        .slice(0, 32) || '-',
  },
  time: {
    takes: ['moment', 'range'],
    write: (value) => {
      if (value.kind === 'range')
        return `${chineseDate(value.date)} ${value.time}~${chineseDate(value.endDate)} ${value.endTime}`
      return value.kind === 'moment' ? `${chineseDate(value.date)} ${value.time}` : '00:00'
    },
  },
  date: {
    takes: ['date', 'moment', 'range'],
    write: (value) => (value.kind === 'text' ? '1970-01-01' : value.date),
  },
  name: {
    takes: ['text'],
    write: (value) => {
      const name = plain(asText(value)).replace(/\d/g, '')
      return shorten(name || '-', /[^\x20-\x7e]/.test(name) ? 10 : 20)
    },
  },
  phrase: {
    takes: ['text'],
    write: (value) =>
      [...asText(value)]
        .filter((char) => /\p{Script=Han}/u.test(char))
        .slice(0, 5)
        .join('') || '会议',
  },
}

/** Faults of a mapping, all of them, with paths below `fields`. */
export function lintFields(fields: readonly TemplateField[]): FieldIssue[] {
  const seen = new Set<string>()
  return fields.flatMap(({ keyword, source }, index): FieldIssue[] => {
    const issue = (name: 'keyword' | 'source', code: FieldIssue['code'], message: string): FieldIssue[] => [
      { path: `fields.${index}.${name}`, code, message: `fields.${index}.${name}: ${message}` },
    ]
    const type = keywordTypes[typeOf(keyword)]
    if (!type) return issue('keyword', 'keyword_invalid', `${keyword} is of a type that no source can fill`)
    if (seen.has(keyword)) return issue('keyword', 'keyword_duplicate', `${keyword} is mapped twice`)
    seen.add(keyword)
    if (!type.takes.includes(kindOfSource[source]))
      return issue('source', 'source_unfit', `${source} does not fit into ${keyword}`)
    return []
  })
}

/** Keyword → value, each legal for its type whatever people wrote. The mapping must have passed `lintFields`. */
export function fillFields(
  fields: readonly TemplateField[],
  sources: Readonly<Record<TemplateSource, SourceValue>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ keyword, source }) => {
      const type = keywordTypes[typeOf(keyword)]
      if (!type) throw new Error(`The keyword ${keyword} has no known type`)
      return [keyword, type.write(sources[source])]
    }),
  )
}

function typeOf(keyword: string): string {
  return keyword.replace(/\d+$/, '')
}

function asText(value: SourceValue): string {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'date':
      return value.date
    case 'moment':
      return `${value.date} ${value.time}`
    case 'range': {
      // WeChat refuses the full-width sign that Chinese keyboards type; this must stay the ASCII one.
      const end = value.endDate === value.date ? value.endTime : `${value.endDate.slice(5)} ${value.endTime}`
      return `${value.date} ${value.time}~${end}`
    }
  }
}

/** One line without control characters; never empty. */
function plain(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim() || '-'
  )
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** At most `limit` UTF-16 units (how WeChat counts emoji is not known; this is the safe way), cut between graphemes. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

function chineseDate(date: string): string {
  const [year, month, day] = date.split('-')
  return `${year}年${month}月${day}日`
}
