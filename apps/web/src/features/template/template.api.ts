import type { NotificationTemplate, TemplateInput } from '@huiyue/contracts'
import { call } from '@/http'

const params = { code: 'BOOKING_CREATED' } as const

export function getTemplate(): Promise<NotificationTemplate> {
  return call('getTemplate', { params })
}

export function putTemplate(body: TemplateInput): Promise<NotificationTemplate> {
  return call('putTemplate', { params, body })
}
