import { ref } from 'vue'
import { toApiError } from '@/http/api-error'
import { useWords } from '@/messages'
import { notify } from '../notices'
import { useOrgTime } from '../use-org-time'

const byteOrderMark = '\uFEFF'

/** Hands a text to the browser as a file. */
export function saveFile(name: string, type: 'text/csv' | 'application/json', text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers begin to read only after the click has been handled.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** With the mark by which Excel recognises UTF-8; browsers take it off what arrives. */
export function saveCsv(name: string, text: string): void {
  saveFile(name, 'text/csv', text.startsWith(byteOrderMark) ? text : byteOrderMark + text)
}

/** What an operation answers, as a file; a failure is told as a notice. */
export function useDownload() {
  const { errorText } = useWords()
  const { todayKey } = useOrgTime()
  const downloading = ref(false)

  /** `用户-2026-11-23.csv` */
  const fileName = (subject: string, ending: 'csv' | 'json') =>
    `${subject.replace(/[\\/:*?"<>|\s]+/g, '-')}-${todayKey()}.${ending}`

  async function run(work: () => Promise<void>): Promise<boolean> {
    if (downloading.value) return false
    downloading.value = true
    try {
      await work()
      return true
    } catch (thrown) {
      notify('error', errorText(toApiError(thrown)))
      return false
    } finally {
      downloading.value = false
    }
  }

  /** Answers whether the file was handed over. */
  function downloadCsv(ask: () => Promise<string>, subject: string): Promise<boolean> {
    return run(async () => saveCsv(fileName(subject, 'csv'), await ask()))
  }

  function downloadJson(ask: () => Promise<object>, subject: string): Promise<boolean> {
    return run(async () =>
      saveFile(fileName(subject, 'json'), 'application/json', JSON.stringify(await ask(), null, 2)),
    )
  }

  return { downloading, downloadCsv, downloadJson }
}
