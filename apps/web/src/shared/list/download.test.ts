import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { ApiError } from '@/http/api-error'
import { i18n, setLocale } from '@/messages'
import { useClientConfig } from '../client-config.store'
import { notices } from '../notices'
import { useDownload } from './download'

const files: { name: string; content: Blob }[] = []
let made: Blob | null = null

function bytesOf(blob = new Blob()): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer))
    reader.readAsArrayBuffer(blob)
  })
}

function open() {
  let download: ReturnType<typeof useDownload> | undefined
  mount(
    defineComponent(() => {
      download = useDownload()
      return () => h('p')
    }),
    { global: { plugins: [i18n] } },
  )
  if (!download) throw new Error('not mounted')
  return download
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T17:00:00Z'), toFake: ['Date'] })
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
  files.length = 0
  URL.createObjectURL = (blob) => {
    made = blob as Blob
    return 'blob:x'
  }
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (made) files.push({ name: this.download, content: made })
  })
})
afterEach(() => void vi.useRealTimers())

describe('a download', () => {
  it('is a CSV file that Excel reads as UTF-8, named after what is in it and the organisation’s day', async () => {
    expect(await open().downloadCsv(async () => '姓名\r\n韩梅梅\r\n', '用户')).toBe(true)
    expect(files.map(({ name }) => name)).toEqual(['用户-2026-11-23.csv'])
    const bytes = await bytesOf(files[0]?.content)
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes.slice(3))).toBe('姓名\r\n韩梅梅\r\n')
  })

  it('cannot be given a name that a file system refuses', async () => {
    await open().downloadJson(async () => ({ a: 1 }), 'data of a/b: "c"')
    expect(files[0]?.name).toBe('data-of-a-b-c--2026-11-23.json')
  })

  it('that fails is told, and leaves no file', async () => {
    const ok = await open().downloadCsv(() => Promise.reject(new ApiError('FORBIDDEN', 403)), '用户')
    expect([ok, files.length]).toEqual([false, 0])
    expect(notices.value.at(-1)).toMatchObject({ tone: 'error', text: '你没有权限这样做。' })
  })
})
