import { importColumns, importStatusWords } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AccountQueries } from '../account/account.queries'
import { AccountRepository } from '../account/account.repository'
import { ExportTrail } from '../audit/export-trail'
import { writeCsv, type CsvRow } from '../csv/csv-writer'
import { DepartmentRepository } from '../department/department.repository'
import type { DepartmentTree } from '../department/department-tree'
import type { Call } from '../http/call'
import { departmentsWithin, type Actor } from '../session/actor'
import type { UserModel } from '../user/user.models'

/** People and departments as files that can be imported again. */
@scoped(Lifecycle.ContainerScoped)
export class PeopleExport {
  constructor(
    @inject(AccountRepository) private readonly repository: AccountRepository,
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(DepartmentRepository) private readonly departmentRepository: DepartmentRepository,
    @inject(ExportTrail) private readonly trail: ExportTrail,
  ) {}

  /** As far as the actor's right to export reaches. */
  async accounts(actor: Actor, query: Call<'exportAccounts'>['query']): Promise<string> {
    await this.trail.record(actor, 'account.exported', 'accounts', query)
    const chunks = this.repository.chunks(await this.queries.filterFor(actor, 'account:export', query))
    const tree = await this.departmentRepository.tree()
    async function* rows() {
      for await (const users of chunks) yield users.flatMap((user) => rowOf(user, tree))
    }
    return writeCsv(headerOf(importColumns.users), rows())
  }

  async departments(actor: Actor): Promise<string> {
    await this.trail.record(actor, 'department.exported', 'departments', {})
    const within = departmentsWithin(actor, 'account:export')
    const tree = await this.departmentRepository.tree()
    const nodes = tree.inOrder().filter(({ id }) => !within || within.includes(id))
    async function* rows() {
      yield nodes.map(({ id, sort }) => [tree.pathOf(id), String(sort)])
    }
    return writeCsv(headerOf(importColumns.departments), rows())
  }
}

function headerOf(columns: Record<string, { names: readonly [string, ...string[]] }>): CsvRow {
  return Object.values(columns).map(({ names }) => names[0])
}

/** None for people whose data were erased: they cannot be imported again. */
function rowOf(user: UserModel, tree: DepartmentTree): CsvRow[] {
  if (user.status === 'erased') return []
  const { username, name, mobile, email, departmentId, locale, timeZone, status } = user
  const department = departmentId === null ? '' : tree.pathOf(departmentId)
  return [[username, name, mobile ?? '', email ?? '', department, locale, timeZone ?? '', importStatusWords[status][0]]]
}
