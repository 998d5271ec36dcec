import type { AuditEntry, LoginEntry, OperationRequest, StaffSession } from '@huiyue/contracts'
import { call } from '@/http'

interface Page<Item> {
  items: Item[]
  total: number
}

export function listSessions(
  query: OperationRequest<'listSessions'>['query'],
  signal: AbortSignal,
): Promise<Page<StaffSession>> {
  return call('listSessions', { query }, { signal })
}

export function endSession(id: string): Promise<void> {
  return call('endSession', { params: { id } })
}

export function listLogins(
  query: OperationRequest<'listLogins'>['query'],
  signal: AbortSignal,
): Promise<Page<LoginEntry>> {
  return call('listLogins', { query }, { signal })
}

export function listAudit(
  query: OperationRequest<'listAudit'>['query'],
  signal: AbortSignal,
): Promise<Page<AuditEntry>> {
  return call('listAudit', { query }, { signal })
}
