import type { TemplateField, TemplateSource } from '@huiyue/contracts'

/** Sample words in the person's language, and a sample time in the organisation's. */
export interface CardSample {
  title: string
  note: string
  room: string
  location: string
  organizer: string
  /** `2026-11-23`. */
  date: string
  start: string
  end: string
}

/** How a keyword would look on the card: shortened as its type demands. The server does this for real when it sends. */
export function previewValue({ keyword, source }: TemplateField, sample: CardSample): string {
  const text = textOf(source, keyword, sample)
  const limit = limits[keyword.replace(/\d+$/, '')]
  return limit !== undefined && text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

const limits: Readonly<Record<string, number | undefined>> = { thing: 20, character_string: 32, name: 10, phrase: 5 }

function textOf(source: TemplateSource, keyword: string, sample: CardSample): string {
  const { date, start, end } = sample
  const spoken = keyword.startsWith('time')
  const [year, month, day] = date.split('-')
  const spokenDate = `${year}年${month}月${day}日`
  switch (source) {
    case 'booking.title':
      return sample.title
    case 'booking.note':
      return sample.note
    case 'booking.date':
      return date
    case 'booking.startsAt':
      return spoken ? `${spokenDate} ${start}` : `${date} ${start}`
    case 'booking.timeRange':
      return spoken ? `${spokenDate} ${start}~${spokenDate} ${end}` : `${date} ${start}~${end}`
    case 'room.name':
      return sample.room
    case 'room.location':
      return sample.location
    case 'organizer.name':
      return sample.organizer
  }
}
