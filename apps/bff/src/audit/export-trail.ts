import type { AuditAction } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { TransactionRunner } from '../database/transaction-runner'
import type { Actor } from '../session/actor'
import { AuditTrail, type Fields } from './audit-trail'

/** Writes down who took data out, and which. */
@scoped(Lifecycle.ContainerScoped)
export class ExportTrail {
  constructor(
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  /** @param what was exported, such as `login-log` */
  async record(actor: Actor, action: AuditAction, what: string, filter: Fields): Promise<void> {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined)
    // What people search for names others, whose data can be erased: that they searched is kept, not for what.
    const after = Object.fromEntries(given.map(([name, value]) => [name, name === 'search' ? '…' : value]))
    const change = { action, target: { id: what, name: what }, after }
    await this.transactions.run((tx) => this.audit.append(actor, change, tx))
  }
}
