import { maxExportedEntries, type OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ExportTrail } from '../audit/export-trail'
import { writeLogCsv } from '../csv/log-csv'
import type { Call } from '../http/call'
import { ReadingPreferences } from '../user/reading-preferences'
import { loginColumns } from './login-log.csv'
import { presentLogin } from './login-log.presenter'
import { LoginLogRepository } from './login-log.repository'

@scoped(Lifecycle.ContainerScoped)
export class LoginLogController {
  constructor(
    @inject(LoginLogRepository) private readonly log: LoginLogRepository,
    @inject(ReadingPreferences) private readonly readers: ReadingPreferences,
    @inject(ExportTrail) private readonly exports: ExportTrail,
  ) {}

  async list({ query }: Call<'listLogins'>): Promise<OperationResponse<'listLogins'>> {
    const { limit, offset, ...filter } = query
    const { rows, count } = await this.log.list(filter, { limit, offset })
    return { items: rows.map(presentLogin), total: count }
  }

  async export({ actor, query }: Call<'exportLogins'>): Promise<string> {
    await this.exports.record(actor, 'log.login_exported', 'login-log', query)
    return writeLogCsv(loginColumns, this.log.chunks(query, maxExportedEntries), await this.readers.of(actor.userId))
  }
}
