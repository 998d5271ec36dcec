import type { AppliedImport, ImportJob, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { ImportPasswordsService } from './import-passwords.service'
import { ImportService } from './import.service'
import { PeopleExport } from './people-export'

@scoped(Lifecycle.ContainerScoped)
export class ImportController {
  constructor(
    @inject(ImportService) private readonly imports: ImportService,
    @inject(ImportPasswordsService) private readonly passwords: ImportPasswordsService,
    @inject(PeopleExport) private readonly exports: PeopleExport,
  ) {}

  create({ actor, body }: Call<'createImport'>): Promise<ImportJob> {
    return this.imports.check(actor, body)
  }

  list({ actor }: Call<'listImports'>): Promise<OperationResponse<'listImports'>> {
    return this.imports.list(actor)
  }

  get({ actor, params }: Call<'getImport'>): Promise<ImportJob> {
    return this.imports.get(actor, params.id)
  }

  listRows({ actor, params, query }: Call<'listImportRows'>): Promise<OperationResponse<'listImportRows'>> {
    return this.imports.listRows(actor, params.id, query)
  }

  apply({ actor, params, body }: Call<'applyImport'>): Promise<AppliedImport> {
    return this.imports.apply(actor, params.id, body.passwordKey)
  }

  getPasswords({ actor, params, body }: Call<'getImportPasswords'>): Promise<string> {
    return this.passwords.write(actor, params.id, body.passwordKey)
  }

  exportAccounts({ actor, query }: Call<'exportAccounts'>): Promise<string> {
    return this.exports.accounts(actor, query)
  }

  exportDepartments({ actor }: Call<'exportDepartments'>): Promise<string> {
    return this.exports.departments(actor)
  }
}
