import { createHash, timingSafeEqual } from 'node:crypto'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { derivedOneTimePassword, importedPasswordEnd } from '../account/one-time-password'
import { ExportTrail } from '../audit/export-trail'
import { ClockToken, type Clock } from '../clock'
import { writeCsv, type CsvRow } from '../csv/csv-writer'
import { AppError } from '../errors/app-error'
import type { Actor } from '../session/actor'
import { ReadingPreferences } from '../user/reading-preferences'
import { ImportRepository } from './import.repository'
import { ImportRows } from './import-rows'
import { PeopleRepository } from './people.repository'

const header = {
  'zh-CN': (zone: string) => ['用户名', '姓名', '一次性密码', `有效期至 (${zone})`],
  en: (zone: string) => ['Username', 'Name', 'One-time password', `Valid until (${zone})`],
}

/** The first passwords of the people that an import created, made again from the key that only the importer has. */
@scoped(Lifecycle.ContainerScoped)
export class ImportPasswordsService {
  constructor(
    @inject(ImportRepository) private readonly imports: ImportRepository,
    @inject(ImportRows) private readonly rows: ImportRows,
    @inject(PeopleRepository) private readonly people: PeopleRepository,
    @inject(ReadingPreferences) private readonly readers: ReadingPreferences,
    @inject(ExportTrail) private readonly exports: ExportTrail,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `getImportPasswords` */
  async write(actor: Actor, id: string, passwordKey: string): Promise<string> {
    const job = await this.imports.findById(id)
    if (!job) throw new AppError('NOT_FOUND', 'There is no such import')
    const { state, appliedAt, passwordKeyHash } = job
    if (state !== 'applied' || !appliedAt || !passwordKeyHash)
      throw new AppError('IMPORT_NOT_APPLICABLE', 'The import created nobody, or not yet')
    if (!isKeyOf(passwordKey, passwordKeyHash))
      throw new AppError('FORBIDDEN', 'This is not the key of the import’s passwords')
    await this.exports.record(actor, 'account.exported', 'first-passwords', { importId: id })
    const { locale, timeZone, time } = await this.readers.of(actor.userId)
    const end = importedPasswordEnd(appliedAt)
    return writeCsv(header[locale](timeZone), this.rowsOf(id, passwordKey, end, time(end)))
  }

  /** Without those whose password was changed or reset since, or is no longer good. */
  private async *rowsOf(id: string, passwordKey: string, end: Date, shownEnd: string): AsyncGenerator<CsvRow[]> {
    if (end <= this.clock.now()) return
    for await (const ids of this.rows.newcomers(id)) {
      const waiting = new Map((await this.people.stillWaiting(ids, end)).map((user) => [user.id, user]))
      yield ids.flatMap((userId) => {
        const user = waiting.get(userId)
        return user ? [[user.username, user.name, derivedOneTimePassword(passwordKey, userId), shownEnd]] : []
      })
    }
  }
}

export function isKeyOf(passwordKey: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOfKey(passwordKey)), Buffer.from(hash))
}

/** What is kept of the key. */
export function hashOfKey(passwordKey: string): string {
  return createHash('sha256').update(passwordKey).digest('hex')
}
