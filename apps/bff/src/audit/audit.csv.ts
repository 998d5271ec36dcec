import type { LogColumn } from '../csv/log-csv'
import type { AuditModel } from './audit.models'
import { fieldsOf } from './named-people'

/** Actions stand there as the API names them: for people to filter by, and for programs. */
export const auditColumns: readonly LogColumn<AuditModel>[] = [
  [{ 'zh-CN': '操作人', en: 'Actor' }, (entry) => entry.actor?.name],
  [{ 'zh-CN': '操作', en: 'Action' }, (entry) => entry.action],
  [{ 'zh-CN': '对象', en: 'Target' }, (entry) => entry.targetName],
  [{ 'zh-CN': '对象 ID', en: 'Target ID' }, (entry) => entry.targetId],
  [{ 'zh-CN': '变更前', en: 'Before' }, (entry) => textOf(entry.before)],
  [{ 'zh-CN': '变更后', en: 'After' }, (entry) => textOf(entry.after)],
  [{ 'zh-CN': '原因', en: 'Reason' }, (entry) => entry.reason],
  [{ 'zh-CN': 'IP 地址', en: 'IP address' }, (entry) => entry.address],
  [{ 'zh-CN': '请求 ID', en: 'Request ID' }, (entry) => entry.requestId],
]

function textOf(stored: string | null): string | null {
  const fields = fieldsOf(stored)
  return fields && JSON.stringify(fields)
}
