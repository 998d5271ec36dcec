import { beforeEach, vi } from 'vitest'

export interface SentRequest {
  url: string
  method: string
  header: Record<string, string>
  data?: string
  timeout: number
}

type Answer = { statusCode: number; data?: unknown } | { errMsg: string }
type Callbacks<T> = { success?: (value: T) => void; fail?: (error: object) => void; complete?: () => void }

/** The phone as the tests have it: every part can be set by a test and is fresh for the next. */
export const phone = {
  storage: new Map<string, unknown>(),
  requests: [] as SentRequest[],
  navigation: [] as string[],
  answer: (_request: SentRequest): Answer | Promise<Answer> => ({ errMsg: 'request:fail no server in this test' }),
  login: (options: Callbacks<{ code: string }>) => options.success?.({ code: 'code-1' }),
  subscribe: (options: Callbacks<object> & { tmplIds: string[] }) =>
    options.success?.(Object.fromEntries(options.tmplIds.map((id) => [id, 'accept']))),
  pages: [] as { route: string; options?: Record<string, string> }[],
}
const fresh = { ...phone }

const go = (options: { url: string; complete?: () => void }) => {
  phone.navigation.push(options.url)
  options.complete?.()
}

function install() {
  Object.assign(phone, fresh, { storage: new Map(), requests: [], navigation: [], pages: [] })
  vi.stubGlobal('getCurrentPages', () => phone.pages)
  vi.stubGlobal('uni', {
    getStorageSync: (key: string) => structuredClone(phone.storage.get(key) ?? ''),
    setStorageSync: (key: string, value: unknown) => void phone.storage.set(key, structuredClone(value)),
    removeStorageSync: (key: string) => void phone.storage.delete(key),
    request(options: SentRequest & Callbacks<{ statusCode: number; data: unknown }>) {
      const { url, method, header, data, timeout } = options
      const sent = { url, method, header, timeout, ...(data === undefined ? {} : { data }) }
      phone.requests.push(sent)
      void Promise.resolve(phone.answer(sent)).then((answer) =>
        'statusCode' in answer
          ? options.success?.({ statusCode: answer.statusCode, data: answer.data })
          : options.fail?.(answer),
      )
    },
    login: (options: Callbacks<{ code: string }>) => phone.login(options),
    requestSubscribeMessage: (options: Callbacks<object> & { tmplIds: string[] }) => phone.subscribe(options),
    reLaunch: go,
    switchTab: go,
    navigateTo: go,
    showToast: () => {},
  })
}

// Modules read the storage while they load, which is before any test.
install()
beforeEach(install)

/** An error as the server words it. */
export function refusal(statusCode: number, code: string, details?: object) {
  return { statusCode, data: { error: { code, message: code, requestId: 'r-1', ...(details ? { details } : {}) } } }
}

/** The path of a request, without the API's origin and prefix. */
export function pathOf({ url }: SentRequest): string {
  return url.replace('http://api.test/api/v1', '').replace(/\?.*/, '')
}
