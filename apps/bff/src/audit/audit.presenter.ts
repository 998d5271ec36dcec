import type { AuditEntry } from '@huiyue/contracts'
import { hiddenPeople, type AuditModel } from './audit.models'

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

/** What is shown of the stored fields. */
export function fieldsOf(stored: string | null): Record<string, unknown> | null {
  if (stored === null) return null
  const { [hiddenPeople]: _people, ...fields } = JSON.parse(stored) as Record<string, unknown>
  return fields
}
