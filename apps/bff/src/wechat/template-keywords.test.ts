import type { TemplateField, TemplateSource } from '@huiyue/contracts'
import { describe, expect, it } from 'vitest'
import { fillFields, lintFields, type SourceValue } from './template-keywords'

const sources: Record<TemplateSource, SourceValue> = {
  'booking.title': { kind: 'text', text: '产品评审' },
  'booking.note': { kind: 'text', text: '' },
  'booking.date': { kind: 'date', date: '2026-11-23' },
  'booking.startsAt': { kind: 'moment', date: '2026-11-23', time: '09:05' },
  'booking.timeRange': { kind: 'range', date: '2026-11-23', time: '09:05', endDate: '2026-11-23', endTime: '10:00' },
  'room.name': { kind: 'text', text: '望岳' },
  'room.location': { kind: 'text', text: 'A 座 3 层' },
  'organizer.name': { kind: 'text', text: '李雷' },
}

function fill(keyword: string, source: TemplateSource, text?: string): string {
  const given = text === undefined ? sources : { ...sources, [source]: { kind: 'text' as const, text } }
  return fillFields([{ keyword, source }], given)[keyword]!
}

describe('values are legal for their keyword', () => {
  it.each<[string, TemplateSource, string]>([
    ['thing4', 'booking.title', '产品评审'],
    ['thing4', 'booking.note', '-'],
    ['thing4', 'booking.timeRange', '2026-11-23 09:05~10…'],
    ['character_string2', 'booking.timeRange', '2026-11-23 09:05~10:00'],
    ['character_string2', 'room.name', '-'],
    ['character_string2', 'room.location', 'A  3'],
    ['time6', 'booking.startsAt', '2026年11月23日 09:05'],
    ['time6', 'booking.timeRange', '2026年11月23日 09:05~2026年11月23日 10:00'],
    ['date1', 'booking.date', '2026-11-23'],
    ['date1', 'booking.startsAt', '2026-11-23'],
    ['name1', 'organizer.name', '李雷'],
    ['phrase1', 'room.name', '望岳'],
    ['phrase1', 'booking.note', '会议'],
  ])('%s from %s is %s', (keyword, source, expected) => {
    expect(fill(keyword, source)).toBe(expected)
  })

  it.each([
    ['一'.repeat(20), '一'.repeat(20)],
    ['一'.repeat(21), `${'一'.repeat(19)}…`],
    ['第一行\n第二行\t三', '第一行 第二行 三'],
    [' \u0000\u200b ', '-'],
    ['abcdefghijklmnopqr👨‍👩‍👧x', 'abcdefghijklmnopqr…'],
    ['\ud83d', '-'],
  ])('thing cuts %j to %j', (text, expected) => {
    const value = fill('thing4', 'booking.title', text)
    expect(value).toBe(expected)
    expect(value.length).toBeLessThanOrEqual(20)
  })

  it.each([
    ['a very long latin name indeed', 'a very long latin n…'],
    ['一二三四五六七八九十十一', '一二三四五六七八九…'],
    ['42', '-'],
  ])('name makes %j legal', (text, expected) => {
    expect(fill('name1', 'organizer.name', text)).toBe(expected)
  })

  it('a range over midnight names both days, with the ASCII sign', () => {
    const night: SourceValue = {
      kind: 'range',
      date: '2026-11-23',
      time: '22:00',
      endDate: '2026-11-24',
      endTime: '01:00',
    }
    const filled = fillFields([{ keyword: 'character_string2', source: 'booking.timeRange' }], {
      ...sources,
      'booking.timeRange': night,
    })
    expect(filled.character_string2).toBe('2026-11-23 22:00~11-24 01:00')
  })
})

describe('a mapping that cannot be sent', () => {
  it('is named, fault by fault', () => {
    const fields: TemplateField[] = [
      { keyword: 'thing1', source: 'booking.title' },
      { keyword: 'thing1', source: 'room.name' },
      { keyword: 'time6', source: 'room.name' },
      { keyword: 'amount3', source: 'booking.title' },
    ]
    expect(lintFields(fields).map(({ path, code }) => [path, code])).toEqual([
      ['fields.1.keyword', 'keyword_duplicate'],
      ['fields.2.source', 'source_unfit'],
      ['fields.3.keyword', 'keyword_invalid'],
    ])
  })
})
