import { dateKeyAt, timeAt, type TemplateSource } from '@huiyue/contracts'
import type { BookingModel } from '../booking/booking.models'
import type { SourceValue } from '../wechat/template-keywords'

/** Everything a template may speak of, as the booking stands now. @param booking with room and organiser loaded */
export function sourcesOf(booking: BookingModel, timeZone: string): Record<TemplateSource, SourceValue> {
  const { room, organizer } = booking
  if (!room || !organizer) throw new Error('A message is written with the room and the organiser loaded')
  const moment = (minute: number) => ({
    date: dateKeyAt(minute * 60_000, timeZone),
    time: timeAt(minute * 60_000, timeZone),
  })
  const start = moment(booking.startMinute)
  const end = moment(booking.endMinute)
  const text = (value: string): SourceValue => ({ kind: 'text', text: value })
  return {
    'booking.title': text(booking.title),
    'booking.note': text(booking.note ?? ''),
    'booking.date': { kind: 'date', date: start.date },
    'booking.startsAt': { kind: 'moment', ...start },
    'booking.timeRange': { kind: 'range', ...start, endDate: end.date, endTime: end.time },
    'room.name': text(room.name),
    'room.location': text(room.location),
    'organizer.name': text(organizer.name),
  }
}
