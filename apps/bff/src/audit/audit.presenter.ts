import type { AuditEntry } from '@huiyue/contracts'
import type { AuditModel } from './audit.models'
import { fieldsOf } from './named-people'

/** @param entry with its actor loaded */
export function presentAudit(entry: AuditModel): AuditEntry {
  const { id, action, resource, targetId, targetName, reason, address, requestId } = entry
  return {
    id,
    at: entry.at.toISOString(),
    actor: entry.actor ? { id: entry.actor.id, name: entry.actor.name } : null,
    action,
    target: { resource, id: targetId, name: targetName },
    before: fieldsOf(entry.before),
    after: fieldsOf(entry.after),
    reason,
    address,
    requestId,
  }
}
