import type { Notification, OperationRequest } from '@huiyue/contracts'
import { call } from '@/http'

export function listNotifications(
  query: OperationRequest<'listNotifications'>['query'],
  signal?: AbortSignal,
): Promise<{ items: Notification[]; total: number }> {
  return call('listNotifications', { query }, signal ? { signal } : {})
}

/** Queues the message again; answers it in its new state. */
export function resendNotification(id: string): Promise<Notification> {
  return call('resendNotification', { params: { id } })
}
