import { maxExportedEntries, type OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { writeLogCsv } from '../csv/log-csv'
import type { Call } from '../http/call'
import { ReadingPreferences } from '../user/reading-preferences'
import { auditColumns } from './audit.csv'
import { presentAudit } from './audit.presenter'
import { AuditRepository } from './audit.repository'
import { ExportTrail } from './export-trail'

@scoped(Lifecycle.ContainerScoped)
export class AuditController {
  constructor(
    @inject(AuditRepository) private readonly log: AuditRepository,
    @inject(ReadingPreferences) private readonly readers: ReadingPreferences,
    @inject(ExportTrail) private readonly exports: ExportTrail,
  ) {}

  async list({ query }: Call<'listAudit'>): Promise<OperationResponse<'listAudit'>> {
    const { limit, offset, ...filter } = query
    const { rows, count } = await this.log.list(filter, { limit, offset })
    return { items: rows.map(presentAudit), total: count }
  }

  /** The export itself is in the file: it is written down before anything is read. */
  async export({ actor, query }: Call<'exportAudit'>): Promise<string> {
    await this.exports.record(actor, 'log.audit_exported', 'audit-log', query)
    return writeLogCsv(auditColumns, this.log.chunks(query, maxExportedEntries), await this.readers.of(actor.userId))
  }
}
