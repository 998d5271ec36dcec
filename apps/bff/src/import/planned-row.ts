import type { FieldIssue, ImportRow, ImportRowAction } from '@huiyue/contracts'

export type Change = ImportRow['changes'][number]

/** What a row says, by column, after it was checked and cleaned; what it leaves empty is left out. */
export type RowData = Readonly<Partial<Record<string, string>>>

/** A row as it is known before anything is compared with the database. */
export interface ReadRow {
  line: number
  /** Username or path as people see it, and in the form that is unique. */
  key: string
  uniqueKey: string
  data: RowData
  issues: FieldIssue[]
}

/** What applying a row does. */
export interface PlannedRow extends Omit<ReadRow, 'uniqueKey'> {
  action: ImportRowAction
  changes: Change[]
  /** The account or department that is changed; null when there is none yet. */
  targetId: string | null
}

/** The column of a change that makes a department which no row of the file is about. */
export const newDepartmentColumn = 'newDepartment'

/** Of the column. */
const longestKey = 1200

/** What stands in a row at fault is shown nearly as it is, as far as it fits. */
export function shownKey(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestKey)
}

export function planned(
  { line, key, data, issues }: Omit<ReadRow, 'uniqueKey'>,
  exists: boolean,
  changes: Change[],
  targetId: string | null,
): PlannedRow {
  if (issues.length > 0) return { line, key, data, issues, action: 'faulty', changes: [], targetId: null }
  const action = exists ? (changes.length > 0 ? 'update' : 'unchanged') : 'create'
  return { line, key, data, issues, action, changes, targetId }
}

/** Nobody notices that somebody else's request waited for so long. */
const turnMs = 15

/** Does it for one after the other, and lets other requests be served in between. */
export async function mapInTurns<A, B>(items: readonly A[], work: (item: A) => B): Promise<B[]> {
  const results: B[] = []
  let since = performance.now()
  for (const item of items) {
    if (performance.now() - since > turnMs) {
      await new Promise(setImmediate)
      since = performance.now()
    }
    results.push(work(item))
  }
  return results
}
