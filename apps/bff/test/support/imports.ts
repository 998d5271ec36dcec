import type { ImportJob, ImportRow } from '@huiyue/contracts'
import { ImportRunner } from '../../src/import/import-runner'
import type { TestApp } from './test-app'

export interface Person {
  id: string
  token: string
}

/** What tests of imports do again and again. */
export class ImportScene {
  constructor(
    private readonly app: TestApp,
    readonly importer: Person,
  ) {}

  /** The dry run of a file. */
  async check(file: string | Uint8Array, kind: ImportJob['kind'] = 'users', by = this.importer): Promise<ImportJob> {
    const content = Buffer.from(file).toString('base64')
    const { body } = await this.app.call('createImport', { body: { kind, fileName: '人员.csv', content } }, by.token)
    return body
  }

  async rows(job: ImportJob, action?: ImportRow['action']): Promise<ImportRow[]> {
    const query = { limit: 200, ...(action ? { action } : {}) }
    return (await this.app.call('listImportRows', { params: { id: job.id }, query }, this.importer.token)).body.items
  }

  /** Applies an import, and waits until it is over. */
  async apply(job: ImportJob): Promise<{ job: ImportJob; passwordKey: string | null }> {
    const { body } = await this.app.call('applyImport', { params: { id: job.id }, body: {} }, this.importer.token)
    await this.app.container.resolve(ImportRunner).settled()
    return { job: await this.get(job.id), passwordKey: body.passwordKey }
  }

  async get(id: string): Promise<ImportJob> {
    return (await this.app.call('getImport', { params: { id } }, this.importer.token)).body
  }

  /** The dry run and, if it found no fault, the application. */
  async import(
    file: string,
    kind: ImportJob['kind'] = 'users',
  ): Promise<{ job: ImportJob; passwordKey: string | null }> {
    return this.apply(await this.check(file, kind))
  }
}
