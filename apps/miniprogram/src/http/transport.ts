import { methodOverrideHeader, type HttpRequest } from '@huiyue/contracts'
import { ApiError } from './api-error'

export interface Answer {
  status: number
  data: unknown
}

/** Milliseconds a call may take before it counts as lost. */
export const defaultTimeoutMs = 15_000

/**
 * Sends one request through `uni.request`; every HTTP status is an answer.
 * @throws ApiError `NETWORK` or `TIMEOUT` when none came.
 */
export function send(origin: string, request: HttpRequest, timeoutMs = defaultTimeoutMs): Promise<Answer> {
  const { method, headers } = wireMethod(request)
  const body = request.body === undefined ? {} : { data: JSON.stringify(request.body) }
  return new Promise((resolve, reject) => {
    uni.request({
      url: origin + request.url,
      method,
      header: { ...headers, ...(request.body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...body,
      timeout: timeoutMs,
      success: ({ statusCode, data }) => resolve({ status: statusCode, data }),
      fail: ({ errMsg }) => reject(new ApiError(/time ?out/i.test(errMsg ?? '') ? 'TIMEOUT' : 'NETWORK')),
    })
  })
}

function wireMethod({ method, headers }: HttpRequest) {
  return method === 'PATCH'
    ? { method: 'POST' as const, headers: { ...headers, [methodOverrideHeader]: method } }
    : { method, headers }
}
