import { setTimeout as sleep } from 'node:timers/promises'
import { type Request, type RequestHandler, type Response } from 'express'
import { newRid } from '../identifiers'
import { type Fault } from '../platform/faults'
import { type Platform } from '../platform/platform'
import { type Endpoint } from './call'
import { errorBody, errorText, WechatError } from './errors'
import { jscode2session } from './login'
import { subscribeSend } from './subscribe-send'
import { legacyToken, stableToken } from './token'

export const endpointPaths = [
  '/sns/jscode2session',
  '/cgi-bin/token',
  '/cgi-bin/stable_token',
  '/cgi-bin/message/subscribe/send',
] as const
export type EndpointPath = (typeof endpointPaths)[number]

interface Reply {
  status: number
  contentType: string
  body: string
  errcode: number | null
  rid: string | null
}

/** Answers everything that is neither the control API nor the page, as api.weixin.qq.com would, and logs it. */
export function wechatGateway(platform: Platform): RequestHandler {
  const endpoints: Record<EndpointPath, Endpoint> = {
    '/sns/jscode2session': jscode2session(platform),
    '/cgi-bin/token': legacyToken(platform),
    '/cgi-bin/stable_token': stableToken(platform),
    '/cgi-bin/message/subscribe/send': subscribeSend(platform),
  }

  return async (req, res) => {
    const startedAt = performance.now()
    const at = platform.clock.now()
    const state = platform.state
    const { pathname: path, searchParams: query } = new URL(`http://sandbox${req.originalUrl}`)
    const fault = state.faults.take(path)
    if (fault) platform.events.emit({ type: 'faults' })

    const reply = fault?.drop === true ? await dropped(fault, res) : await answer(req, path, query, at, fault)
    if (reply) send(res, reply)
    const call = {
      at: new Date(at).toISOString(),
      method: req.method,
      path,
      status: reply?.status ?? null,
      errcode: reply?.errcode ?? null,
      rid: reply?.rid ?? null,
      durationMs: Math.round(performance.now() - startedAt),
    }
    state.calls.add(call)
    platform.events.emit({ type: 'call', call })
  }

  async function answer(
    req: Request,
    path: string,
    query: URLSearchParams,
    at: number,
    fault: Fault | undefined,
  ): Promise<Reply> {
    const contentType = path.startsWith('/sns/')
      ? platform.state.options.snsContentType
      : 'application/json; encoding=utf-8'
    const fail = (errcode: number, text: string, status = 200): Reply => {
      const rid = newRid(at)
      return { status, contentType, body: errorBody(path, errcode, text, rid), errcode, rid }
    }
    if (fault && (fault.body ?? fault.errcode ?? fault.httpStatus) !== undefined) {
      await pass(fault.delayMs)
      const status = fault.httpStatus ?? 200
      if (fault.body !== undefined) return { status, contentType, body: fault.body, errcode: null, rid: null }
      if (fault.errcode === undefined) return gatewayPage(status)
      return fail(fault.errcode, fault.errmsg ?? errorText(fault.errcode, ipv4(req)) ?? 'system error', status)
    }
    try {
      if (!isEndpoint(path)) throw new WechatError(40066)
      const endpoint = endpoints[path]
      if (req.method !== endpoint.method) throw new WechatError(endpoint.method === 'GET' ? 43001 : 43002)
      const slowness = path === '/cgi-bin/message/subscribe/send' ? platform.state.options.sendMillis : 0
      const body = await endpoint.handle({
        query,
        body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
        pause: () => pass(slowness + (fault?.delayMs ?? 0)),
      })
      return { status: 200, contentType, body, errcode: 0, rid: null }
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      return fail(error.errcode, error.text ?? errorText(error.errcode, ipv4(req)) ?? 'system error')
    }
  }
}

async function dropped(fault: Fault, res: Response): Promise<null> {
  await pass(fault.delayMs)
  res.socket?.destroy()
  return null
}

/** What a proxy in front of the platform says when it fails: no JSON at all. */
function gatewayPage(status: number): Reply {
  const body = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>\n`
  return { status, contentType: 'text/html', body, errcode: null, rid: null }
}

function send(res: Response, { status, contentType, body }: Reply): void {
  if (res.destroyed) return
  const bytes = Buffer.from(body, 'utf8')
  res.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length }).end(bytes)
}

function isEndpoint(path: string): path is EndpointPath {
  return endpointPaths.some((known) => known === path)
}

function ipv4(req: Request): string {
  const address = req.socket.remoteAddress ?? ''
  return /\d+\.\d+\.\d+\.\d+$/.exec(address)?.[0] ?? '127.0.0.1'
}

async function pass(ms: number | undefined): Promise<void> {
  if (ms !== undefined && ms > 0) await sleep(ms, undefined, { ref: false })
}
