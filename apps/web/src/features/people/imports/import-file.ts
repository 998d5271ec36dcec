import { importColumns, maxImportBytes, type ImportKind, type Locale } from '@huiyue/contracts'

export const megabytes = (bytes: number) => Math.round((bytes / 1024 / 1024) * 10) / 10

/** What is wrong with a file before its content is looked at. */
export type FileFault = 'tooLarge' | 'spreadsheet' | 'emptyFile'

export function faultOfFile({ name, size }: Pick<File, 'name' | 'size'>): FileFault | null {
  if (/\.(xlsx?|xlsm|ods|numbers|et)$/i.test(name)) return 'spreadsheet'
  if (size === 0) return 'emptyFile'
  return size > maxImportBytes ? 'tooLarge' : null
}

/** The file's bytes in base64; rejects when the browser cannot read it. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const text = typeof reader.result === 'string' ? reader.result : ''
      resolve(text.slice(text.indexOf(',') + 1))
    }
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(file)
  })
}

/** A file with nothing but the header, in the person's language. */
export function templateOf(kind: ImportKind, locale: Locale): string {
  const names = Object.values(importColumns[kind]).map((column) => column.names[locale === 'en' ? 1 : 0])
  return `${names.join(',')}\r\n`
}
