import Libsql from 'libsql'

type Callback<R> = (this: Statement, error: Error | null, result?: R) => void
type Parameters = readonly unknown[] | Record<string, unknown>

/** Sequelize recognises what a statement did by this class's name and these two fields. */
class Statement {
  lastID = 0
  changes = 0
}

/**
 * Sequelize opens a connection per transaction. Opening costs more than a small booking, so closed handles are kept
 * for the next one; the most that are ever open is the most that were used at once.
 */
const idleHandles = new Map<string, Libsql.Database[]>()

function openHandle(file: string): Libsql.Database {
  const handle = new Libsql(file)
  // A synchronous driver must never wait inside the process: a lock is answered at once and retried by our runner.
  handle.exec('PRAGMA busy_timeout = 0')
  handle.exec('PRAGMA journal_mode = WAL')
  // FULL: an acknowledged booking survives a power cut, not only a crash of this process.
  handle.exec('PRAGMA synchronous = FULL')
  handle.exec('PRAGMA foreign_keys = ON')
  return handle
}

/** The part of node-sqlite3's `Database` that Sequelize 6 uses, on libsql, which npm ships ready-built. */
class Database {
  uuid?: string
  private reusable = true
  private readonly handle: Libsql.Database

  constructor(
    readonly filename: string,
    _mode: number,
    opened: (error: Error | null) => void,
  ) {
    const idle = idleHandles.get(filename)?.pop()
    try {
      this.handle = idle ?? openHandle(filename)
    } catch (error) {
      queueMicrotask(() => opened(error as Error))
      throw error
    }
    queueMicrotask(() => opened(null))
  }

  serialize(work: () => void): void {
    work()
  }

  run(sql: string, parameters?: Parameters | Callback<never>, done?: Callback<never>): this {
    const statement = new Statement()
    const callback = typeof parameters === 'function' ? parameters : done
    let failure: Error | null = null
    try {
      const info = this.handle.prepare(sql).run(bindable(parameters))
      statement.lastID = Number(info.lastInsertRowid)
      statement.changes = info.changes
    } catch (error) {
      failure = error as Error
    }
    callback?.call(statement, failure)
    return this
  }

  all(sql: string, parameters?: Parameters | Callback<unknown[]>, done?: Callback<unknown[]>): this {
    const callback = typeof parameters === 'function' ? parameters : done
    let failure: Error | null = null
    let rows: unknown[] = []
    // A BEGIN that found the database locked began nothing, but Sequelize rolls it back. The statement that failed may
    // still hold its snapshot, on which nothing could be written any more: such a handle is not used again.
    if (/^ROLLBACK/i.test(sql) && !this.handle.inTransaction) {
      this.reusable = false
      callback?.call(new Statement(), null, rows)
      return this
    }
    try {
      rows = this.handle.prepare(sql).all(bindable(parameters))
    } catch (error) {
      failure = error as Error
    }
    callback?.call(new Statement(), failure, rows)
    return this
  }

  close(done?: (error: Error | null) => void): void {
    const idle = idleHandles.get(this.filename) ?? []
    if (!this.reusable || this.handle.inTransaction) this.handle.close()
    else idleHandles.set(this.filename, [...idle, this.handle])
    done?.(null)
  }
}

/** Sequelize binds by `$1`, libsql wants the name without its sign, and only values SQLite has. */
function bindable(parameters: Parameters | ((...args: never[]) => void) | undefined): unknown {
  if (typeof parameters === 'function' || parameters === undefined) return []
  const value = (item: unknown) => (typeof item === 'boolean' ? Number(item) : item === undefined ? null : item)
  if (Array.isArray(parameters)) return parameters.map(value)
  return Object.fromEntries(Object.entries(parameters).map(([name, item]) => [name.replace(/^\$/, ''), value(item)]))
}

/** Closes the handles kept for a file; call it when Sequelize is closed. */
export function closeIdleHandles(file: string): void {
  for (const handle of idleHandles.get(file) ?? []) handle.close()
  idleHandles.delete(file)
}

/** For Sequelize's `dialectModule`. */
export const libsqlDialect = { Database, OPEN_READWRITE: 2, OPEN_CREATE: 4 }
