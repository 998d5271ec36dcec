import type { AccountStatus, Locale } from '@huiyue/contracts'
import { fieldIssue } from '../errors/app-error'
import type { DepartmentPaths } from './department-paths'
import { mapInTurns, newDepartmentColumn, planned, type Change, type PlannedRow, type ReadRow } from './planned-row'

/** An account that a row of the file is about, as it is. */
export interface KnownAccount {
  id: string
  username: string
  usernameKey: string
  name: string
  mobile: string | null
  email: string | null
  departmentId: string | null
  locale: Locale
  timeZone: string | null
  status: AccountStatus
  passwordHash: string
  createdAt: Date
}

/** What the rows are compared with. */
export interface UserSurroundings {
  actorId: string
  /** By the unique form of the username. */
  accounts: ReadonlyMap<string, KnownAccount>
  /** Ids of those among them that have a right which the actor lacks. */
  outOfReach: ReadonlySet<string>
  /** Ids of the active administrators of everything. */
  administrators: ReadonlySet<string>
  departments: DepartmentPaths
}

/** Says for each row what applying it does. The departments that are made for it are then among the surroundings'. */
export async function planUsers(rows: readonly ReadRow[], around: UserSurroundings): Promise<PlannedRow[]> {
  const remaining = new Set(around.administrators)
  return mapInTurns(rows, (row) => planUser(row, around, remaining))
}

/** @param remaining the administrators that the rows so far leave active */
function planUser(row: ReadRow, around: UserSurroundings, remaining: Set<string>): PlannedRow {
  const { data } = row
  const account = around.accounts.get(row.uniqueKey)
  const issues = [...row.issues]
  if (!account && data.name === undefined && !issues.some(({ path }) => path === 'name'))
    issues.push(fieldIssue('name', 'required'))

  const changes = account ? differences(data, account, around.departments) : firstValues(data)
  const disables = changes.some(({ column, to }) => column === 'status' && to === 'disabled')
  if (account && changes.length > 0) {
    if (account.status === 'erased' || around.outOfReach.has(account.id))
      issues.push(fieldIssue('username', 'not_allowed'))
    else if (disables && (account.id === around.actorId || isLast(account.id, remaining)))
      issues.push(fieldIssue('status', 'not_allowed'))
  }
  if (issues.length === 0) {
    if (account && disables) remaining.delete(account.id)
    if (data.department !== undefined)
      for (const { path } of around.departments.make(data.department.split('/')).made)
        changes.push({ column: newDepartmentColumn, from: null, to: path })
  }
  return planned({ ...row, issues }, account !== undefined, changes, account?.id ?? null)
}

function isLast(id: string, remaining: ReadonlySet<string>): boolean {
  return remaining.has(id) && remaining.size === 1
}

/** The columns that a row may change, in the order of the file; an empty cell leaves what is there. */
const columns = ['name', 'mobile', 'email', 'department', 'locale', 'timeZone', 'status'] as const

function firstValues(data: ReadRow['data']): Change[] {
  return columns.flatMap((column) => {
    const to = data[column]
    return to === undefined ? [] : [{ column, from: null, to }]
  })
}

function differences(data: ReadRow['data'], account: KnownAccount, departments: DepartmentPaths): Change[] {
  const current = account.departmentId === null ? undefined : departments.get(account.departmentId)
  return columns.flatMap((column): Change[] => {
    const to = data[column]
    if (to === undefined) return []
    if (column !== 'department') return to === account[column] ? [] : [{ column, from: account[column], to }]
    return departments.find(to.split('/'))?.id === account.departmentId
      ? []
      : [{ column, from: current?.path ?? null, to }]
  })
}
