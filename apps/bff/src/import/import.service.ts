import { randomBytes } from 'node:crypto'
import type { AppliedImport, CreateImportInput, ImportJob, ImportRowAction, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import type { Call } from '../http/call'
import { newId } from '../ids'
import { canEverywhere, type Actor } from '../session/actor'
import { readDepartmentRow } from './department-rows'
import { readImportFile } from './import-file'
import type { ImportModel } from './import.models'
import { stateAt } from './import-life'
import { ImportPlanner } from './import-planner'
import { presentImport, presentImportRow } from './import.presenter'
import { ImportRepository } from './import.repository'
import { hashOfKey, isKeyOf } from './import-passwords.service'
import { ImportRows } from './import-rows'
import { ImportRunner } from './import-runner'
import { mapInTurns } from './planned-row'
import { readUserRow } from './user-rows'

/** Files of people and departments: first what they would do, then, if that is wanted, all of it or nothing. */
@scoped(Lifecycle.ContainerScoped)
export class ImportService {
  constructor(
    @inject(ImportRepository) private readonly imports: ImportRepository,
    @inject(ImportRows) private readonly rows: ImportRows,
    @inject(ImportPlanner) private readonly planner: ImportPlanner,
    @inject(ImportRunner) private readonly runner: ImportRunner,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** The dry run: reads the file, says what it would do, and changes nothing. */
  async check(actor: Actor, { kind, fileName, content }: CreateImportInput): Promise<ImportJob> {
    const file = await readImportFile(kind, Buffer.from(content, 'base64'))
    const lines = new Map<string, number>()
    const read = kind === 'users' ? readUserRow : readDepartmentRow
    const rows = await mapInTurns(file.rows, (row) => read(row, lines))
    const plan = await this.planner.plan(actor, kind, rows)

    const id = newId()
    const { encoding, issues } = file
    const job = { id, kind, fileName, encoding, issues, createdBy: actor.userId, createdAt: this.clock.now() }
    await this.transactions.run((tx) => this.imports.insert(job, tx))
    await this.rows.store(id, plan.rows)
    const counts = new Map<ImportRowAction, number>()
    for (const { action } of plan.rows) counts.set(action, (counts.get(action) ?? 0) + 1)
    await this.transactions.run((tx) => this.imports.markChecked(id, counts, tx))
    return this.get(actor, id)
  }

  /** Those of others say what stood in accounts: they are for whoever may read all of those. */
  async list(actor: Actor): Promise<OperationResponse<'listImports'>> {
    const jobs = await this.imports.list(mayReadOthers(actor) ? undefined : actor.userId)
    const now = this.clock.now()
    return { items: jobs.map((job) => presentImport(job, now)), total: jobs.length }
  }

  /** @throws {AppError} `NOT_FOUND` */
  async get(actor: Actor, id: string): Promise<ImportJob> {
    return presentImport(await this.find(actor, id), this.clock.now())
  }

  /** @throws {AppError} `NOT_FOUND` */
  async listRows(
    actor: Actor,
    id: string,
    query: Call<'listImportRows'>['query'],
  ): Promise<OperationResponse<'listImportRows'>> {
    await this.find(actor, id)
    const { rows, count } = await this.imports.listRows(id, query)
    return { items: rows.map(presentImportRow), total: count }
  }

  /**
   * Begins to apply it; the rest goes on in the background.
   * @param givenKey what the new people's passwords are to be derived from; repeated with it, the call answers again
   * @throws {AppError} see the operation `applyImport`
   */
  async apply(actor: Actor, id: string, givenKey?: string): Promise<AppliedImport> {
    const job = await this.find(actor, id)
    if (job.createdBy !== actor.userId)
      throw new AppError('FORBIDDEN', 'The dry run was made with somebody else’s rights; make one of your own')
    const isForNewPeople = job.kind === 'users' && job.createCount > 0
    const passwordKey = isForNewPeople ? (givenKey ?? randomBytes(32).toString('base64url')) : null
    const hash = passwordKey === null ? null : hashOfKey(passwordKey)
    const claimed = await this.transactions.run((tx) => this.imports.claim(id, hash, this.clock.now(), tx))
    if (!claimed) return this.answerAgain(actor, id, givenKey)
    const applied = { job: await this.get(actor, id), passwordKey }
    this.runner.start(job, actor, passwordKey ?? '')
    return applied
  }

  /** For a client whose answer was lost on the way. @throws {AppError} `IMPORT_NOT_APPLICABLE` */
  private async answerAgain(actor: Actor, id: string, givenKey?: string): Promise<AppliedImport> {
    const job = await this.find(actor, id)
    const { state } = stateAt(job, this.clock.now())
    const isOnItsWay = state === 'applying' || state === 'applied'
    if (!givenKey || !job.passwordKeyHash || !isOnItsWay || !isKeyOf(givenKey, job.passwordKeyHash))
      throw new AppError('IMPORT_NOT_APPLICABLE', 'The import has faults, or was applied before')
    return { job: presentImport(job, this.clock.now()), passwordKey: givenKey }
  }

  private async find(actor: Actor, id: string): Promise<ImportModel> {
    const job = await this.imports.findById(id)
    if (!job || (job.createdBy !== actor.userId && !mayReadOthers(actor)))
      throw new AppError('NOT_FOUND', 'There is no such import')
    return job
  }
}

function mayReadOthers(actor: Actor): boolean {
  return canEverywhere(actor, 'account:read')
}
