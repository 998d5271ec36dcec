import { AuditModel } from '../../src/audit/audit.models'

/** The newest entry of the audit log about something, as it can be read. */
export async function lastChange(targetId: string) {
  const entry = await AuditModel.findOne({ where: { targetId }, order: [['id', 'DESC']] })
  if (!entry) return null
  const { action, actorId, targetName, reason, before, after } = entry
  const parsed = (json: string | null): unknown => json && JSON.parse(json)
  return { action, actorId, targetName, reason, before: parsed(before), after: parsed(after) }
}
