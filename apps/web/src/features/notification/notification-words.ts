import type { Delivery, NotificationState } from '@huiyue/contracts'
import type { Translate } from '@/messages'
import { errcodeName } from './errcodes'

export type Tone = 'success' | 'info' | 'warning' | 'danger'

export const toneOfState: Record<NotificationState, Tone> = {
  pending: 'info',
  leased: 'info',
  retry: 'warning',
  sent: 'success',
  no_accept: 'warning',
  suppressed: 'warning',
  dead: 'danger',
}

/** States that change by themselves soon, so that it is worth looking again. */
export const movingStates: ReadonlySet<NotificationState> = new Set(['pending', 'leased', 'retry'])

/** What became of a message: a word for the tag, and the sentence behind it, with the reason where there is one. */
export function deliveryWords({ state, reason }: Pick<Delivery, 'state' | 'reason'>, t: Translate) {
  return {
    tone: toneOfState[state],
    label: t(`notificationStates.${state}`),
    sentence: reason ? t(`notificationReasons.${reason}`) : t(`notificationStateHints.${state}`),
  }
}

/**
 * The same for one attendee of a booking, for whom there may be no message. Null for those whom messages of others do
 * not concern: they are told nothing, which does not mean that nothing was sent.
 */
export function attendeeDeliveryWords(
  { delivery, wechatBound }: { delivery: Delivery | null; wechatBound: boolean },
  concerned: boolean,
  t: Translate,
) {
  if (delivery) return deliveryWords(delivery, t)
  if (!concerned) return null
  return wechatBound
    ? { tone: 'info' as const, label: t('booking.noDelivery'), sentence: t('booking.noDeliveryHint') }
    : { tone: 'warning' as const, label: t('booking.unreachableShort'), sentence: t('booking.unreachable') }
}

/** `43101 用户拒收…`: WeChat's number with its meaning; zero and null mean there is nothing to tell. */
export function errcodeText(errcode: number | null, t: Translate): string | null {
  if (errcode === null || errcode === 0) return null
  const name = errcodeName(errcode)
  return name ? t(`errcodes.${name}`) : t('errcodes.unknown', { code: errcode })
}
