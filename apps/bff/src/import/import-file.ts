import { importColumns, maxImportRows, type FieldIssue, type ImportKind } from '@huiyue/contracts'
import { decodeCsv, readCsv, type CsvEncoding, type CsvRecord } from '../csv/csv-reader'
import { fieldIssue } from '../errors/app-error'
import { keyOf } from '../user/user.repository'

/** A row by the names of its columns; empty cells are left out. */
export interface FileRow {
  line: number
  cells: Readonly<Partial<Record<string, string>>>
  issues: FieldIssue[]
}

export interface ImportFile {
  encoding: CsvEncoding
  rows: FileRow[]
  /** Faults of the file as a whole: with one, no row is looked at. */
  issues: FieldIssue[]
}

export async function readImportFile(kind: ImportKind, bytes: Uint8Array): Promise<ImportFile> {
  const decoded = decodeCsv(bytes)
  if (!decoded) return { encoding: 'utf-8', rows: [], issues: [fieldIssue('', 'file_unreadable')] }
  const { encoding } = decoded
  const { records, tooMany, brokenAt } = await readCsv(decoded.text, maxImportRows + 1)
  const [header, ...body] = records
  const { columns, issues } = columnsOf(kind, header?.cells ?? [])
  if (brokenAt !== null) issues.unshift(fieldIssue('', 'file_unreadable', { line: brokenAt }))
  if (tooMany) issues.unshift(fieldIssue('', 'too_many_rows', { max: maxImportRows }))
  return { encoding, issues, rows: issues.length > 0 ? [] : body.map((record) => rowOf(record, columns)) }
}

const longestName = 64

/** Which column of the contract stands where in the file. */
function columnsOf(kind: ImportKind, header: readonly string[]): { columns: string[]; issues: FieldIssue[] } {
  const known: [string, { names: readonly string[]; required: boolean }][] = Object.entries(importColumns[kind])
  const given = withoutBlankEnd(header)
  const columns = given.map((cell) => {
    const name = keyOf(cell)
    return known.find(([, { names }]) => names.some((one) => keyOf(one) === name))?.[0] ?? ''
  })
  const issues = given.flatMap((cell, index) => {
    const column = columns[index] ?? ''
    const name = cell.trim().slice(0, longestName)
    if (column === '') return [fieldIssue(name, 'column_unknown')]
    return columns.indexOf(column) < index ? [fieldIssue(name, 'invalid_value')] : []
  })
  const missing = known.filter(([column, { required }]) => required && !columns.includes(column))
  return { columns, issues: [...missing.map(([column]) => fieldIssue(column, 'column_missing')), ...issues] }
}

function rowOf({ line, cells }: CsvRecord, columns: readonly string[]): FileRow {
  // Spreadsheets write the columns to the right of the table, too.
  const given = cells.length > columns.length ? withoutBlankEnd(cells, columns.length) : cells
  const counts = { expected: columns.length, found: given.length }
  const issues = given.length === columns.length ? [] : [fieldIssue('', 'column_count', counts)]
  const filled = columns.flatMap((column, index) => (given[index]?.trim() ? [[column, given[index]]] : []))
  return { line, cells: Object.fromEntries(filled) as FileRow['cells'], issues }
}

function withoutBlankEnd(cells: readonly string[], least = 0): readonly string[] {
  let end = cells.length
  while (end > least && cells[end - 1]?.trim() === '') end--
  return cells.slice(0, end)
}
