import { createAccountInput, importStatusWords, toFieldIssues } from '@huiyue/contracts'
import { z } from 'zod'
import { fieldIssue } from '../errors/app-error'
import { keyOf } from '../user/user.repository'
import { readPath } from './department-paths'
import type { FileRow } from './import-file'
import { shownKey, type ReadRow } from './planned-row'

/** Of the column; some characters become several in the form that is compared. */
const maxUsernameLength = 64

const { username, name, mobile, email, locale, timeZone } = createAccountInput.shape

/** The same rules as for one account that is created by hand, each column for itself. */
const cellRules: readonly [string, z.ZodType<Partial<Record<string, unknown>>>][] = [
  ['username', z.object({ username })],
  ['name', z.object({ name })],
  ['mobile', z.object({ mobile })],
  ['email', z.object({ email })],
  ['locale', z.object({ locale })],
  ['timeZone', z.object({ timeZone })],
]

const statusOf = new Map(
  Object.entries(importStatusWords).flatMap(([status, words]) => words.map((word) => [keyOf(word), status] as const)),
)

/** Checks what a row says in itself. @param lines where each username stood first; this row's is added */
export function readUserRow(row: FileRow, lines: Map<string, number>): ReadRow {
  const issues = [...row.issues]
  const data: Record<string, string> = {}
  for (const [column, rule] of cellRules) {
    const cell = { [column]: row.cells[column] }
    if (cell[column] === undefined && column !== 'username') continue
    const parsed = rule.safeParse(cell)
    const value = parsed.data?.[column]
    if (typeof value === 'string') data[column] = value
    else issues.push(...toFieldIssues(parsed.error?.issues ?? [], cell))
  }
  const { department, status } = row.cells
  if (department !== undefined) {
    const read = readPath(department, 'department')
    data.department = read.path.join('/')
    issues.push(...read.issues)
  }
  if (status !== undefined) {
    const wanted = statusOf.get(keyOf(status))
    if (wanted === undefined) issues.push(fieldIssue('status', 'invalid_value'))
    else data.status = wanted
  }

  const key = shownKey(data.username ?? row.cells.username ?? '')
  const uniqueKey = keyOf(key)
  if (data.username !== undefined && uniqueKey.length > maxUsernameLength)
    issues.push(fieldIssue('username', 'too_long', { max: maxUsernameLength }))
  const first = lines.get(uniqueKey)
  if (first !== undefined) issues.push(fieldIssue('username', 'row_duplicate', { line: first }))
  else if (uniqueKey !== '') lines.set(uniqueKey, row.line)
  return { line: row.line, key, uniqueKey, data, issues }
}
