import { auditAction, auditResource, id, line } from '@huiyue/contracts'
import { usePastTime } from '@/shared/list/use-past-time'
import { useServerList } from '@/shared/list/use-server-list'
import { listAudit } from './history.api'
import { dayShape, instantsOf } from './period'

const filters = {
  search: line(64),
  from: dayShape,
  to: dayShape,
  actorId: id,
  action: auditAction,
  resource: auditResource,
  targetId: id,
  requestId: id,
}

export function useAuditLog() {
  const { timeZone } = usePastTime()
  return useServerList({
    filters,
    ask: ({ from, to, ...query }, signal) =>
      listAudit({ ...query, ...instantsOf({ from, to }, timeZone.value) }, signal),
  })
}

export type AuditList = ReturnType<typeof useAuditLog>
