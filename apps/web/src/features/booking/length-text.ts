import type { Translate } from '@/messages'

/** `1 小时 30 分钟`. */
export function lengthText(minutes: number, t: Translate): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return t('booking.minutes', { count: rest })
  return rest === 0 ? t('booking.hours', { count: hours }) : t('booking.hoursMinutes', { hours, minutes: rest })
}
