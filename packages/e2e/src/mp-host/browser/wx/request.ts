import { type Bridge } from '../bridge'
import { refuse, succeed, type Callbacks } from '../callbacks'

interface RequestOptions extends Callbacks<{ statusCode: number; data: unknown; header: Record<string, string> }> {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  /** Milliseconds. */
  timeout?: number
  dataType?: string
}

/** WeChat knows no PATCH. */
const methods = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

/**
 * `wx.request` over fetch. Requests of the baked BFF origin go to this site's proxy, so that no CORS comes into it (a
 * mini program knows none); any other address fails and is reported as an error.
 */
export function requestApi(bridge: Bridge) {
  return {
    request(options: RequestOptions) {
      const method = (options.method ?? 'GET').toUpperCase()
      const abort = new AbortController()
      const task = { abort: () => abort.abort(), onHeadersReceived() {}, offHeadersReceived() {} }
      if (!options.url.startsWith(`${bridge.bakedOrigin}/`)) {
        reportForeign('request', options.url)
        refuse(options, 'request', 'url not in domain list')
        return task
      }
      if (!methods.includes(method)) {
        refuse(options, 'request', `invalid method ${method}`)
        return task
      }
      const timer = setTimeout(() => abort.abort('timeout'), options.timeout ?? 60_000)
      const path = options.url.slice(bridge.bakedOrigin.length)
      void send(path, method, options, abort.signal)
        .then(
          (result) => succeed(options, 'request', result),
          () => refuse(options, 'request', abort.signal.reason === 'timeout' ? 'timeout' : '', { errno: 600_001 }),
        )
        .finally(() => clearTimeout(timer))
      return task
    },
  }
}

/** Every other call that would reach somebody over the network: this product needs none of them. */
export const otherNetworkApi = Object.fromEntries(
  ['downloadFile', 'uploadFile', 'connectSocket', 'preloadAssets', 'preloadWebview', 'reportMonitor'].map((name) => [
    name,
    (options: unknown) => reportForeign(name, JSON.stringify(options)),
  ]),
)

function reportForeign(api: string, what: string) {
  reportError(new Error(`wx.${api} asked for a foreign host: ${what}`))
}

async function send(
  path: string,
  method: string,
  { data, header = {}, dataType }: RequestOptions,
  signal: AbortSignal,
) {
  const inUrl = method === 'GET' || method === 'HEAD'
  const headers = new Headers(header)
  if (!inUrl && data !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const response = await fetch(inUrl ? withQuery(path, data) : path, {
    method,
    headers,
    body: inUrl || data === undefined ? undefined : typeof data === 'string' ? data : JSON.stringify(data),
    signal,
  })
  const text = await response.text()
  return {
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    data: dataType === undefined || dataType === 'json' ? parsed(text) : text,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function withQuery(path: string, data: unknown): string {
  if (typeof data !== 'object' || data === null) return path
  const query = new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)])).toString()
  if (!query) return path
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}
