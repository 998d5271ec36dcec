import { searchedDays } from '@huiyue/contracts'
import { Op, type IncludeOptions, type Model, type ModelStatic, type WhereOptions } from 'sequelize'

const dayMs = 86_400_000

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

/** Where a search without a beginning begins: looking for words reads entry after entry, so it must not read them all. */
export function searchedFrom(to: string | undefined, now: Date): string {
  return new Date((to === undefined ? now.getTime() : Date.parse(to)) - searchedDays * dayMs).toISOString()
}

/** One page with how many entries there are. Only its own entries are read as a whole: far pages stay quick. */
export async function logPage<E extends Model & LogEntry>(
  log: ModelStatic<E>,
  where: WhereOptions,
  include: IncludeOptions,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: E[]; count: number }> {
  const found = await log.findAll({ where, attributes: ['id'], order: newestFirst, limit, offset })
  // The last page says itself how many there are: a search that finds little is not made twice.
  const isLast = found.length < limit && (found.length > 0 || offset === 0)
  const count = isLast ? offset + found.length : await log.count({ where })
  const ofPage: WhereOptions = { id: found.map(({ id }) => id) }
  return { rows: await log.findAll({ where: ofPage, include, order: newestFirst }), count }
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
