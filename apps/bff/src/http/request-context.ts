import { methodOverrideHeader } from '@huiyue/contracts'
import type { RequestHandler } from 'express'
import { newId } from '../ids'
import type { Logger } from '../logging/logger'

/** Gives every request an id and one log line that tells no query, no header and no body. */
export function requestContext(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const requestId = newId()
    const startedAt = performance.now()
    res.locals.requestId = requestId
    res.setHeader('X-Request-Id', requestId)
    const { method, path } = req
    res.on('close', () => {
      const line = { requestId, method, path, status: res.statusCode, ms: Math.round(performance.now() - startedAt) }
      if (res.statusCode >= 500) logger.error(line, 'request')
      else logger.info(line, 'request')
    })
    next()
  }
}

/** `wx.request` knows no PATCH: it comes as POST with a header that names the method. */
export const methodOverride: RequestHandler = (req, _res, next) => {
  if (req.method === 'POST' && req.headers[methodOverrideHeader] === 'PATCH') req.method = 'PATCH'
  next()
}
