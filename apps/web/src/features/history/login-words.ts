import type { LoginEntry, LoginOutcome } from '@huiyue/contracts'
import type { Translate } from '@/messages'

export const toneOfOutcome: Record<LoginOutcome, 'success' | 'warning' | 'danger'> = {
  success: 'success',
  failure: 'warning',
  alert: 'danger',
}

/** Who it was or pretended to be. */
export function whoOf({ user, username }: LoginEntry, t: Translate): string {
  return user?.name ?? (username || t('loginLog.unknownPerson'))
}

/** `控制台 · 密码登录`. */
export function wayOf({ clientId, method }: Pick<LoginEntry, 'clientId' | 'method'>, t: Translate): string {
  return t('sessions.by', { client: t(`clients.${clientId}`), method: t(`loginMethods.${method}`) })
}
