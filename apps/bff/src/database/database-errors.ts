import { ConnectionError, ForeignKeyConstraintError, UniqueConstraintError } from 'sequelize'

/** What the drivers call the failures we react to; every other file speaks of meanings, not of numbers. */
const passing = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  // MariaDB: the row changed since the snapshot / the counter could not be read, both gone on the next try.
  'ER_CHECKREAD',
  'ER_AUTOINC_READ_FAILED',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
])

/** The transaction lost a race for a lock; the same work may be tried again from its start. */
export function isPassingConflict(error: unknown): boolean {
  const { parent, code } = error as { parent?: { code?: string }; code?: string }
  return passing.has(parent?.code ?? code ?? '')
}

/** No connection could be had, or the server is away: nothing was done, and a later try may succeed. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ConnectionError
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof UniqueConstraintError
}

/** Something still refers to the row, or the row refers to something that is gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintError
}
