import { apiPrefix, operations, type Operation, type OperationId } from './operations'

/**
 * `wx.request` knows no PATCH. From the mini program such a call travels as POST with this header naming the method;
 * the server then treats it as that method. Only `PATCH` on a POST is honoured.
 */
export const methodOverrideHeader = 'x-http-method-override'

export interface HttpRequest {
  method: Operation['method']
  /** Path and query, starting at `/api/v1`. */
  url: string
  headers: Record<string, string>
  body?: unknown
}

interface LooseRequest {
  params?: Record<string, string>
  query?: Record<string, unknown>
  headers?: Record<string, string | undefined>
  body?: unknown
}

/** Lays out a call for any transport. Undefined query values are left out, lists are joined by commas. */
export function buildRequest(operationId: OperationId, request: LooseRequest = {}): HttpRequest {
  const operation: Operation = operations[operationId]
  const path = operation.path.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  )
  const query = Object.entries(request.query ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`)
    .join('&')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers ?? {})) if (value !== undefined) headers[name] = value
  return {
    method: operation.method,
    url: apiPrefix + path + (query ? `?${query}` : ''),
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
  }
}
