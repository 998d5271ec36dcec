import type { LocalizedText } from '@huiyue/contracts'
import type { ReadingPreference } from '../user/reading-preferences'
import { writeCsv, type CsvRow } from './csv-writer'

/** A column of a log: its name and what it says of an entry. */
export type LogColumn<E> = readonly [LocalizedText, (entry: E) => string | null | undefined]

/** A log as a file: the time on the reader's wall clock, then the columns. */
export function writeLogCsv<E extends { at: Date }>(
  columns: readonly LogColumn<E>[],
  chunks: AsyncIterable<readonly E[]>,
  { locale, timeZone, time }: ReadingPreference,
): Promise<string> {
  const when = { 'zh-CN': '时间', en: 'Time' }[locale]
  const row = (entry: E): CsvRow => [time(entry.at), ...columns.map(([, valueOf]) => valueOf(entry) ?? '')]
  async function* rows() {
    for await (const entries of chunks) yield entries.map(row)
  }
  return writeCsv([`${when} (${timeZone})`, ...columns.map(([name]) => name[locale])], rows())
}
