import { inject, Lifecycle, scoped } from 'tsyringe'
import { TransactionRunner } from '../database/transaction-runner'
import { newId } from '../ids'
import { keyOf } from '../user/user.repository'
import { keyOfPath } from './department-paths'
import type { ImportRowModel } from './import.models'
import { ImportRepository } from './import.repository'
import { chunksOf, chunkSize } from './people.repository'
import type { Change, PlannedRow, ReadRow, RowData } from './planned-row'

/** A row as the dry run left it. */
export type StoredRow = PlannedRow & ReadRow

/** The rows of an import, kept between the dry run and its application. */
@scoped(Lifecycle.ContainerScoped)
export class ImportRows {
  constructor(
    @inject(ImportRepository) private readonly imports: ImportRepository,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  async store(importId: string, rows: readonly PlannedRow[]): Promise<void> {
    for await (const chunk of chunksOf(rows)) {
      const stored = chunk.map(({ data, changes, issues, ...row }) => ({
        ...row,
        importId,
        // Nobody applies a row at fault, and whose data are in it cannot always be told.
        data: JSON.stringify(row.action === 'faulty' ? {} : data),
        changes: JSON.stringify(changes),
        issues: JSON.stringify(issues),
        // New people have their id from here on: their passwords are made from it.
        targetId: row.action === 'create' ? newId() : row.targetId,
      }))
      await this.transactions.run((tx) => this.imports.insertRows(stored, tx))
    }
  }

  /** All rows of a sound import. */
  async all(importId: string): Promise<StoredRow[]> {
    const rows: StoredRow[] = []
    for await (const chunk of this.chunks(importId)) rows.push(...chunk.map(readStored))
    return rows
  }

  /** Ids of the people that an import creates, in the order of the file. */
  async *newcomers(importId: string): AsyncGenerator<string[]> {
    for await (const chunk of this.chunks(importId, 'create')) yield chunk.flatMap(({ targetId }) => targetId ?? [])
  }

  private async *chunks(importId: string, action?: 'create'): AsyncGenerator<ImportRowModel[]> {
    for (let last = 0; ;) {
      const rows = await this.imports.rowsAfter(importId, last, chunkSize, action)
      if (rows.length > 0) yield rows
      if (rows.length < chunkSize) return
      last = rows.at(-1)?.line ?? 0
      await new Promise(setImmediate)
    }
  }
}

function readStored({ line, action, key, targetId, ...json }: ImportRowModel): StoredRow {
  const data = JSON.parse(json.data) as RowData
  const uniqueKey = data.path === undefined ? keyOf(key) : keyOfPath(data.path.split('/'))
  return { line, action, key, uniqueKey, data, changes: JSON.parse(json.changes) as Change[], issues: [], targetId }
}
