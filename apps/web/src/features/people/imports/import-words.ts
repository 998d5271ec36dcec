import { importColumns, importKinds, type FieldIssue, type ImportJob } from '@huiyue/contracts'
import type { Translate } from '@/messages'
import type { ImportColumn } from '@/messages/zh-cn/imports'

const columns = importKinds.flatMap((kind) => Object.keys(importColumns[kind])) as ImportColumn[]

/** Stands for the column of a change that creates a department which the file only mentions. */
export const newDepartmentColumn = 'newDepartment'

/** What a column is called; one that is not ours keeps the name it has in the file. */
export function columnWords(name: string, t: Translate): string {
  const column = columns.find((one) => one === name)
  return column ? t(`imports.columns.${column}`) : name
}

/** A fault with the column it stands in, if in one. */
export function faultWords(issue: FieldIssue, t: Translate, issueText: (issue: FieldIssue) => string): string {
  const named = issue.params?.column ?? issue.path
  return named === ''
    ? issueText(issue)
    : t('imports.columnFault', { column: columnWords(String(named), t), issue: issueText(issue) })
}

export type ImportVerdict = 'faulty' | 'nothing' | 'ready'

/** What the dry run comes to. */
export function verdictOf({ issues, counts }: ImportJob): ImportVerdict {
  if (issues.length > 0 || counts.faulty > 0) return 'faulty'
  return counts.create + counts.update === 0 ? 'nothing' : 'ready'
}
