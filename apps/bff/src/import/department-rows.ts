import { departmentInput, toFieldIssues } from '@huiyue/contracts'
import { z } from 'zod'
import { fieldIssue } from '../errors/app-error'
import { keyOfPath, readPath, type DepartmentPaths } from './department-paths'
import type { FileRow } from './import-file'
import {
  mapInTurns,
  newDepartmentColumn,
  planned,
  shownKey,
  type Change,
  type PlannedRow,
  type ReadRow,
} from './planned-row'

/** The same rule as for one department that is created by hand. */
const sortCell = z.object({ sort: departmentInput.shape.sort })

/** Checks what a row says in itself. @param lines where each path stood first; this row's is added */
export function readDepartmentRow(row: FileRow, lines: Map<string, number>): ReadRow {
  const { path, issues: faults } = readPath(row.cells.path ?? '', 'path')
  const issues = [...row.issues, ...(row.cells.path === undefined ? [fieldIssue('path', 'required')] : faults)]
  const sort = row.cells.sort?.trim()
  if (sort !== undefined) issues.push(...sortIssues(sort))

  const uniqueKey = keyOfPath(path)
  const first = lines.get(uniqueKey)
  if (first !== undefined) issues.push(fieldIssue('path', 'row_duplicate', { line: first }))
  else if (uniqueKey !== '') lines.set(uniqueKey, row.line)
  const data = { path: path.join('/'), ...(sort === undefined ? {} : { sort: String(Number(sort)) }) }
  return { line: row.line, key: shownKey(data.path), uniqueKey, data, issues }
}

function sortIssues(text: string) {
  if (!/^\d{1,9}$/.test(text)) return [fieldIssue('sort', 'invalid_format')]
  const value = { sort: Number(text) }
  return toFieldIssues(z.safeParse(sortCell, value).error?.issues ?? [], value)
}

/** Says for each row what applying it does. The departments that it makes are then among the paths. */
export async function planDepartments(
  rows: readonly ReadRow[],
  departments: DepartmentPaths,
  mayManage: boolean,
): Promise<PlannedRow[]> {
  const sound = rows.filter(({ issues }) => issues.length === 0)
  const inFile = new Map(sound.map((row) => [row.uniqueKey, row]))
  const existed = new Set(sound.flatMap(({ data }) => departments.find(data.path?.split('/') ?? [])?.id ?? []))
  return mapInTurns(rows, (row) => {
    const { path = '', sort } = row.data
    if (row.issues.length > 0) return planned(row, false, [], null)
    const { node, made } = departments.make(path.split('/'))
    // A row further down may be about a department that this one needs first.
    for (const one of made) one.sort = Number(inFile.get(one.key)?.data.sort ?? 0)
    const exists = existed.has(node.id)
    const changes: Change[] = []
    if (!exists) changes.push({ column: 'path', from: null, to: node.path })
    if (sort !== undefined && (!exists || Number(sort) !== node.sort))
      changes.push({ column: 'sort', from: exists ? String(node.sort) : null, to: sort })
    for (const one of made)
      if (!inFile.has(one.key)) changes.push({ column: newDepartmentColumn, from: null, to: one.path })
    const issues = changes.length > 0 && !mayManage ? [fieldIssue('path', 'not_allowed')] : []
    return planned({ ...row, issues }, exists, changes, exists ? node.id : null)
  })
}
