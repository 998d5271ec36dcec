import type { ImportJob, ImportRow } from '@huiyue/contracts'
import { stateAt } from './import-life'
import type { ImportModel, ImportRowModel } from './import.models'

/** @param job with its creator loaded */
export function presentImport(job: ImportModel, now: Date): ImportJob {
  const { creator } = job
  if (!creator) throw new Error('An import is presented with its creator loaded')
  return {
    id: job.id,
    kind: job.kind,
    fileName: job.fileName,
    encoding: job.encoding,
    ...stateAt(job, now),
    issues: JSON.parse(job.issues) as ImportJob['issues'],
    counts: {
      rows: job.rowCount,
      create: job.createCount,
      update: job.updateCount,
      unchanged: job.unchangedCount,
      faulty: job.faultyCount,
    },
    progress: { done: job.done, total: job.total },
    createdAt: job.createdAt.toISOString(),
    createdBy: { id: creator.id, name: creator.name },
    appliedAt: job.appliedAt?.toISOString() ?? null,
  }
}

export function presentImportRow({ line, action, key, changes, issues }: ImportRowModel): ImportRow {
  return {
    line,
    action,
    key,
    changes: JSON.parse(changes) as ImportRow['changes'],
    issues: JSON.parse(issues) as ImportRow['issues'],
  }
}
