import type { NotificationTemplate, TemplateInput } from '@huiyue/contracts'
import { describe, expect, it } from 'vitest'
import { ApiError } from '@/http/api-error'
import { previewValue } from './card-preview'
import { useTemplateForm } from './use-template-form'

const stored: NotificationTemplate = {
  code: 'BOOKING_CREATED',
  templateId: 'T1',
  page: 'pages/booking/detail?id={bookingId}',
  lang: 'zh_CN',
  miniprogramState: 'formal',
  fields: [
    { keyword: 'thing4', source: 'booking.title' },
    { keyword: 'thing1', source: 'room.name' },
    { keyword: 'time6', source: 'booking.startsAt' },
  ],
}

function setUp(...answers: (NotificationTemplate | ApiError)[]) {
  const sent: TemplateInput[] = []
  const api = {
    getTemplate: async () => stored,
    putTemplate: async (body: TemplateInput) => {
      sent.push(structuredClone(JSON.parse(JSON.stringify(body)) as TemplateInput))
      const answer = answers.shift()
      if (!answer || answer instanceof ApiError) throw answer ?? new Error('no answer')
      return answer
    },
  }
  return { ...useTemplateForm(api), sent }
}

describe('the template form', () => {
  it('puts complaints beside their rows and keeps what was typed', async () => {
    const issues = [
      { path: 'fields.1.keyword', code: 'keyword_invalid', message: '' },
      { path: 'fields.3.source', code: 'source_unfit', message: '' },
    ]
    const template = setUp(new ApiError('VALIDATION_FAILED', 400, { issues }))
    await template.load()
    template.addField()
    const typed = JSON.stringify(template.form.value)
    await expect(template.save()).resolves.toBe(false)
    expect(JSON.stringify(template.form.value)).toBe(typed)
    expect(template.issuesAt('fields.1.keyword')).toHaveLength(1)

    template.removeField(0)
    expect(template.issuesAt('fields.0.keyword')).toHaveLength(1)
    expect(template.issuesAt('fields.2.source')).toHaveLength(1)
    template.removeField(0)
    expect(template.issuesAt('fields.0.keyword')).toEqual([])
    expect(template.issuesAt('fields.1.source')).toHaveLength(1)
  })

  it('knows unsaved changes and takes them back', async () => {
    const template = setUp({ ...stored, page: '' })
    await template.load()
    expect(template.dirty.value).toBe(false)
    template.addField()
    expect(template.dirty.value).toBe(true)
    template.reset()
    expect(template.dirty.value).toBe(false)
    expect(template.form.value?.fields).toHaveLength(3)

    if (template.form.value) template.form.value.page = ''
    await expect(template.save()).resolves.toBe(true)
    expect(template.sent[0]?.page).toBe('')
    expect(template.dirty.value).toBe(false)
  })
})

describe('the preview of the card', () => {
  const sample = {
    title: '一个非常非常长的会议名称用来看看会不会被截短',
    note: '',
    room: '望岳厅',
    location: 'A 座',
    organizer: '李雷',
    date: '2026-11-23',
    start: '10:00',
    end: '11:00',
  }

  it('shortens a long title to what the keyword can hold', () => {
    const value = previewValue({ keyword: 'thing4', source: 'booking.title' }, sample)
    expect(value).toHaveLength(20)
    expect(value.endsWith('…')).toBe(true)
  })

  it('writes times as WeChat wants them', () => {
    expect(previewValue({ keyword: 'time6', source: 'booking.startsAt' }, sample)).toBe('2026年11月23日 10:00')
    expect(previewValue({ keyword: 'character_string2', source: 'booking.timeRange' }, sample)).toBe(
      '2026-11-23 10:00~11:00',
    )
  })
})
