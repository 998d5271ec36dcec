import type { AuditAction, AuditResource } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import type { Tx } from '../database/transaction-runner'
import { newId } from '../ids'
import type { Actor } from '../session/actor'
import { AuditModel, AuditPersonModel } from './audit.models'
import { peopleIn } from './named-people'

export type Fields = Readonly<Record<string, unknown>>

/** Whose doing a change is. */
export type AuditActor = Pick<Actor, 'userId' | 'client' | 'requestId'>

export interface Change {
  action: AuditAction
  target: { id: string; name: string }
  /** Whom the target's name names, when the target is not their account. */
  personId?: string
  /** What it was and what it is; with both given, only what differs is kept. Never secrets. */
  before?: Fields | null
  after?: Fields | null
  reason?: string | null | undefined
}

/**
 * Writes down who changed what, in the transaction of the change: neither is there without the other. Entries are only
 * ever added; what removes or blanks them is the retention and the erasure of a person.
 */
@scoped(Lifecycle.ContainerScoped)
export class AuditTrail {
  constructor(@inject(ClockToken) private readonly clock: Clock) {}

  /** Nothing is written when before and after are given and the same. @param actor null: the system itself */
  append(actor: AuditActor | null, change: Change, tx: Tx): Promise<void> {
    return this.appendAll(actor, [change], tx)
  }

  async appendAll(actor: AuditActor | null, changes: readonly Change[], tx: Tx): Promise<void> {
    const at = this.clock.now()
    const people: { auditId: string; userId: string }[] = []
    const rows = changes.flatMap(({ action, target, personId, before, after, reason }) => {
      const [was, is] = before && after ? differences(before, after) : [before, after]
      if (before && after && Object.keys(was ?? {}).length === 0 && Object.keys(is ?? {}).length === 0) return []
      const id = newId()
      const stored = { before: was ? JSON.stringify(was) : null, after: is ? JSON.stringify(is) : null }
      const named = [stored.before, stored.after].flatMap((fields) => (fields ? peopleIn(fields) : []))
      for (const userId of new Set([...named, ...(personId ? [personId] : [])])) people.push({ auditId: id, userId })
      return [
        {
          id,
          at,
          actorId: actor?.userId ?? null,
          action,
          resource: action.slice(0, action.indexOf('.')) as AuditResource,
          targetId: target.id,
          targetName: [...target.name].slice(0, 200).join(''),
          ...stored,
          reason: reason || null,
          address: actor?.client.address ?? null,
          requestId: actor?.requestId ?? null,
        },
      ]
    })
    if (rows.length > 0) await AuditModel.bulkCreate(rows, { transaction: tx })
    if (people.length > 0) await AuditPersonModel.bulkCreate(people, { transaction: tx })
  }
}

function differences(before: Fields, after: Fields): [Fields, Fields] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const only = (fields: Fields) =>
    Object.fromEntries(changed.filter((name) => name in fields).map((name) => [name, fields[name]]))
  return [only(before), only(after)]
}
