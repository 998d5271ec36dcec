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
  /** What the actor may do with people of a department, or of none. */
  mayManage: (departmentId: string | null) => boolean
  mayRead: (departmentId: string | null) => boolean
  mayMakeDepartments: boolean
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

  const changes = account ? differences(data, account, around) : firstValues(data)
  const disables = changes.some(({ column, to }) => column === 'status' && to === 'disabled')
  if (account && isRefused(account, changes, around)) issues.push(fieldIssue('username', 'not_allowed'))
  else if (account && disables && (account.id === around.actorId || isLast(account.id, remaining)))
    issues.push(fieldIssue('status', 'not_allowed'))
  const isPlaced = !account || changes.some(({ column }) => column === 'department')
  if (isPlaced && !mayPlace(data.department, around)) issues.push(fieldIssue('department', 'not_allowed'))
  if (issues.length === 0) {
    if (account && disables) remaining.delete(account.id)
    if (data.department !== undefined)
      for (const { path } of around.departments.make(data.department.split('/')).made)
        changes.push({ column: newDepartmentColumn, from: null, to: path })
  }
  return planned({ ...row, issues }, account !== undefined, changes, account?.id ?? null)
}

/** People who stay as they are may stand in the file, unless that would tell what the actor may not read. */
function isRefused(account: KnownAccount, changes: readonly Change[], around: UserSurroundings): boolean {
  const { departmentId, status, id } = account
  if (changes.length === 0 && around.mayRead(departmentId)) return false
  return status === 'erased' || around.outOfReach.has(id) || !around.mayManage(departmentId)
}

/** Whoever looks after some departments only puts nobody elsewhere. */
function mayPlace(department: string | undefined, around: UserSurroundings): boolean {
  if (department === undefined) return around.mayManage(null)
  const path = department.split('/')
  if (!around.departments.find(path) && !around.mayMakeDepartments) return false
  return around.mayManage(around.departments.existingAbove(path)?.id ?? null)
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

function differences(data: ReadRow['data'], account: KnownAccount, around: UserSurroundings): Change[] {
  const { departments } = around
  const current = account.departmentId === null ? undefined : departments.get(account.departmentId)
  const mayRead = around.mayRead(account.departmentId)
  return columns.flatMap((column): Change[] => {
    const to = data[column]
    if (to === undefined) return []
    if (column !== 'department')
      return to === account[column] ? [] : [{ column, from: mayRead ? account[column] : null, to }]
    return departments.find(to.split('/'))?.id === account.departmentId
      ? []
      : [{ column, from: current?.path ?? null, to }]
  })
}
