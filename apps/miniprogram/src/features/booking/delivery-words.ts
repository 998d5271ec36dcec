import type { Attendee, NotificationState } from '@huiyue/contracts'
import { t } from '@/lib/i18n'

export interface DeliveryWords {
  text: string
  tone: 'tag-good' | 'tag-warn' | ''
}

const underWay: readonly NotificationState[] = ['pending', 'leased', 'retry']

/** What became of the message to one person: the reason where there is one, else the state. */
export function deliveryWords({ delivery, wechatBound }: Pick<Attendee, 'delivery' | 'wechatBound'>): DeliveryWords {
  if (!delivery) return wechatBound ? { text: '', tone: '' } : { text: t('form.unreachable'), tone: 'tag-warn' }
  if (delivery.state === 'sent') return { text: t('deliveryStates.sent'), tone: 'tag-good' }
  const text = delivery.reason ? t(`deliveryReasons.${delivery.reason}`) : t(`deliveryStates.${delivery.state}`)
  return { text, tone: underWay.includes(delivery.state) ? '' : 'tag-warn' }
}

/** Whether looking again soon may show something else. */
export function isUnderWay({ delivery }: Pick<Attendee, 'delivery'>): boolean {
  return delivery?.state === 'pending' || delivery?.state === 'leased'
}
