import { Op, type WhereOptions } from 'sequelize'

/** What every log is read by: growing with time, and by id within one moment. */
export interface LogEntry {
  id: string
  at: Date
}

export const newestFirst: [string, 'DESC'][] = [
  ['at', 'DESC'],
  ['id', 'DESC'],
]

/** From the one instant on, up to the other without it. */
export function within(from: string | undefined, to: string | undefined): WhereOptions {
  if (from === undefined && to === undefined) return {}
  return { at: { ...(from ? { [Op.gte]: new Date(from) } : {}), ...(to ? { [Op.lt]: new Date(to) } : {}) } }
}

/** The entries behind one, in the order of `newestFirst`. */
export function olderThan(last: LogEntry | undefined): WhereOptions {
  if (!last) return {}
  return { at: { [Op.lte]: last.at }, [Op.not]: { at: last.at, id: { [Op.gte]: last.id } } }
}

const chunkSize = 1000

/** Goes through a log from the newest entry on, a chunk at a time and without counting its way there again. */
export async function* logChunks<E extends LogEntry>(
  read: (last: E | undefined, limit: number) => Promise<E[]>,
  most: number,
): AsyncGenerator<E[]> {
  let last: E | undefined
  for (let left = most; left > 0; left -= chunkSize) {
    const limit = Math.min(left, chunkSize)
    const entries = await read(last, limit)
    if (entries.length > 0) yield entries
    if (entries.length < limit) return
    last = entries.at(-1)
  }
}
