import { Readable } from 'node:stream'
import { CsvError, parse, type InfoRecord } from 'csv-parse'
import { withoutGuard } from './formula-guard'

export interface CsvRecord {
  /** Where it begins, the file's first line being 1. */
  line: number
  cells: string[]
}

export interface CsvContent {
  records: CsvRecord[]
  /** There were more records than wanted; the rest was not read. */
  tooMany: boolean
  /** The line of a quote that never closes or stands where none may. */
  brokenAt: number | null
}

export type CsvEncoding = 'utf-8' | 'gb18030'

/** UTF-8, else what Excel writes in China; null when it is neither. */
export function decodeCsv(bytes: Uint8Array): { text: string; encoding: CsvEncoding } | null {
  for (const encoding of ['utf-8', 'gb18030'] as const)
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return { text: text.replace(/^\uFEFF/, ''), encoding }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  return null
}

const pieceLength = 32_768
/** Far beyond every field that exists; what is longer is a quote that somebody forgot. */
const longestRecord = 100_000

/** Reads a piece at a time, and lets other requests be served between two of them. Blank lines are left out. */
export async function readCsv(text: string, maxRecords: number): Promise<CsvContent> {
  const content: CsvContent = { records: [], tooMany: false, brokenAt: null }
  // One kind of line break, or the lines could not be counted.
  const lines = text.replace(/\r\n?/g, '\n')
  const parser = parse({
    delimiter: delimiterOf(lines),
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  })
  try {
    const found: AsyncIterable<{ record: string[]; info: InfoRecord }> = Readable.from(pieces(lines)).pipe(parser)
    for await (const { record, info } of found) {
      content.tooMany = content.records.length === maxRecords
      if (content.tooMany) break
      const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
      content.records.push({ line: info.lines - breaks, cells: record.map(withoutGuard) })
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    content.brokenAt = parser.info.lines
  }
  return content
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += pieceLength) {
    yield text.slice(start, start + pieceLength)
    await new Promise(setImmediate)
  }
}

/** Comma, semicolon or tab: whichever the first line has most of. */
function delimiterOf(text: string): string {
  const firstLine = text.trimStart().slice(0, longestRecord).split('\n', 1)[0] ?? ''
  const count = (delimiter: string) => firstLine.split(delimiter).length
  return [',', ';', '\t'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
}
