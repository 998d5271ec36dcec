import { stringify } from 'csv-stringify/sync'
import { startsLikeFormula } from './formula-guard'

/** Excel takes a file without it for one in the system's own encoding. */
const byteOrderMark = '\uFEFF'

export type CsvRow = readonly string[]

/**
 * A CSV file as spreadsheets expect it. A cell that one of them would calculate gets an apostrophe in front, which
 * reading takes away again.
 * @param chunks rows by the hundred; other requests are served between two chunks
 */
export async function writeCsv(header: CsvRow, chunks: AsyncIterable<readonly CsvRow[]>): Promise<string> {
  const parts = [byteOrderMark, lines([header])]
  for await (const rows of chunks) {
    parts.push(lines(rows))
    await new Promise(setImmediate)
  }
  return parts.join('')
}

function lines(rows: readonly CsvRow[]): string {
  const guarded = rows.map((row) => row.map((cell) => (startsLikeFormula(cell) ? `'${cell}` : cell)))
  return stringify(guarded, { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
}
