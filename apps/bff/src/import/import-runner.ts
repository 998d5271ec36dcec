import pLimit from 'p-limit'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AccountRepository } from '../account/account.repository'
import { derivedOneTimePassword, importedPasswordEnd } from '../account/one-time-password'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { isForeignKeyViolation, isUniqueViolation } from '../database/database-errors'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { LoggerToken, type Logger } from '../logging/logger'
import { reachesOf } from '../role/reach'
import { can, type Actor } from '../session/actor'
import { PasswordHasher } from '../session/password-hasher'
import type { ImportModel } from './import.models'
import { aliveSince } from './import-life'
import { ImportPlanner, type Plan } from './import-planner'
import { ImportRepository } from './import.repository'
import { ImportRows, type StoredRow } from './import-rows'
import { ImportWriter, type Newcomer } from './import-writer'
import { mapInTurns } from './planned-row'

const beatMs = 1000
/** Fewer than the hasher has threads: people log in meanwhile. */
const hashesAtOnce = 2

/** What the dry run said is no longer true. */
class ChangedMeanwhile extends Error {}
/** The process is leaving, or was taken for dead. */
class Interrupted extends Error {}

/** An import being applied, in the process that was asked to. */
interface Run {
  job: ImportModel
  actor: Actor
  passwordKey: string
  done: number
}

/** Applies imports in the background: first the passwords, then everything in one transaction. */
@scoped(Lifecycle.ContainerScoped)
export class ImportRunner {
  private readonly logger: Logger
  private readonly hashing = pLimit(hashesAtOnce)
  private readonly running = new Set<Promise<void>>()
  private leaving = false

  constructor(
    @inject(ImportRepository) private readonly imports: ImportRepository,
    @inject(ImportRows) private readonly rows: ImportRows,
    @inject(ImportPlanner) private readonly planner: ImportPlanner,
    @inject(ImportWriter) private readonly writer: ImportWriter,
    @inject(AccountRepository) private readonly accounts: AccountRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(LoggerToken) logger: Logger,
  ) {
    this.logger = logger.child({ scope: 'import' })
  }

  /** @param job claimed by the caller */
  start(job: ImportModel, actor: Actor, passwordKey: string): void {
    const run = this.apply({ job, actor, passwordKey, done: 0 }).finally(() => this.running.delete(run))
    this.running.add(run)
  }

  /** Until what was started is over. */
  async settled(): Promise<void> {
    await Promise.all(this.running)
  }

  /** Gives up what is still on its way to its transaction. */
  async stop(): Promise<void> {
    this.leaving = true
    await this.settled()
  }

  private async apply(run: Run): Promise<void> {
    const { id } = run.job
    try {
      const rows = await this.rows.all(id)
      const newcomers = await this.makePasswords(run, rows)
      await this.write(run, rows, newcomers)
      this.logger.info({ importId: id }, 'import applied')
    } catch (error) {
      const failure = failureOf(error)
      if (failure === 'internal_error') this.logger.error({ err: error, importId: id }, 'import failed')
      await this.transactions
        .run((tx) => this.imports.markFailed(id, failure, tx))
        .catch((fault: unknown) => this.logger.error({ err: fault, importId: id }, 'import could not be marked'))
    }
  }

  /** The slow part: nothing is locked, and people see how far it is. */
  private async makePasswords(run: Run, rows: readonly StoredRow[]): Promise<Map<number, Newcomer>> {
    const newcomers = new Map<number, Newcomer>()
    const wanted = run.job.kind === 'users' ? rows.filter(({ action }) => action === 'create') : []
    let beating = Promise.resolve()
    const timer = setInterval(() => {
      beating = this.beat(run)
    }, beatMs)
    try {
      await Promise.all(
        wanted.map((row) =>
          this.hashing(async () => {
            if (this.leaving) throw new Interrupted()
            newcomers.set(row.line, await this.newcomer(row, run.passwordKey))
            run.done++
          }),
        ),
      )
    } finally {
      clearInterval(timer)
      await beating
    }
    return newcomers
  }

  private async newcomer({ targetId }: StoredRow, passwordKey: string): Promise<Newcomer> {
    if (targetId === null) throw new Error('Somebody new has no id')
    return { id: targetId, passwordHash: await this.passwords.hash(derivedOneTimePassword(passwordKey, targetId)) }
  }

  private async beat({ job, done }: Run): Promise<void> {
    await this.transactions
      .run((tx) => this.imports.beat(job.id, done, this.clock.now(), tx))
      .catch((error: unknown) => this.logger.warn({ err: error, importId: job.id }, 'could not note the progress'))
  }

  private async write({ job, actor }: Run, rows: readonly StoredRow[], newcomers: Map<number, Newcomer>) {
    await this.transactions.run(async (tx) => {
      const now = this.clock.now()
      if (!(await this.imports.hold(job.id, aliveSince(now), tx))) throw new Interrupted()
      const importer = await this.asOfNow(actor, tx)
      const plan = await this.planner.plan(importer, job.kind, rows, tx)
      if (!(await isAsChecked(plan, rows))) throw new ChangedMeanwhile()
      const passwordExpiresAt = importedPasswordEnd(now)
      await this.writer.write({ actor, kind: job.kind, plan, newcomers, now, passwordExpiresAt }, tx)
      const action = job.kind === 'users' ? 'account.imported' : 'department.imported'
      const after = { created: job.createCount, updated: job.updateCount, unchanged: job.unchangedCount }
      await this.audit.append(actor, { action, target: { id: job.id, name: job.fileName }, after }, tx)
      await this.imports.markApplied(job.id, now, tx)
    })
  }

  /** Whoever asked for it, with the rights they still have, and keep meanwhile: the passwords took their time. */
  private async asOfNow(actor: Actor, tx: Tx): Promise<Actor> {
    const tree = await this.departments.lockTree(tx)
    const user = await this.accounts.lock(actor.userId, tx)
    const reaches = reachesOf(user?.roles ?? [], (id) => tree.below(id))
    if (user?.status !== 'active' || !can({ reaches }, 'account:import')) throw new ChangedMeanwhile()
    return { ...actor, reaches }
  }
}

/** Whether applying it now does what the people were shown, no more and no less. */
async function isAsChecked(plan: Plan, rows: readonly StoredRow[]): Promise<boolean> {
  const shown = new Map(rows.map((row) => [row.line, row]))
  const same = await mapInTurns(plan.rows, ({ line, action, changes }) => {
    const row = shown.get(line)
    return action === row?.action && JSON.stringify(changes) === JSON.stringify(row.changes)
  })
  return same.every(Boolean)
}

function failureOf(error: unknown) {
  if (error instanceof Interrupted) return 'interrupted'
  const isOvertaken = error instanceof ChangedMeanwhile || isUniqueViolation(error) || isForeignKeyViolation(error)
  return isOvertaken ? 'changed_meanwhile' : 'internal_error'
}
