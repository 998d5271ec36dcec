import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { controlRouter } from './control/router'
import { newRid } from './identifiers'
import { type Platform } from './platform/platform'
import { errorBody, errorText } from './wechat/errors'
import { wechatGateway } from './wechat/gateway'

/** Beside the bundle once it is built, one folder up while it runs from its sources. */
function publicFolder(): string {
  const [bundled, source] = ['./public', '../public'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
  return existsSync(bundled!) ? bundled! : source!
}

/** The page at `/`, the control API at `/__sandbox`, WeChat everywhere else. */
export function createApp(platform: Platform, h5Url: string | null): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use('/__sandbox', controlRouter(platform, h5Url))
  app.use(
    express.static(publicFolder(), {
      setHeaders: (res) => {
        res.setHeader('Cache-Control', 'no-cache')
        res.setHeader('Content-Security-Policy', "default-src 'self'; img-src 'self' data:; base-uri 'none'")
      },
    }),
  )
  app.use(express.raw({ type: () => true, limit: '2mb' }), wechatGateway(platform), answerUnreadableBodies(platform))
  return app
}

/** A body that is too long or wrongly packed never reaches an endpoint; WeChat would call it bad data. */
function answerUnreadableBodies(platform: Platform): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (!(error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500))
      return next(error)
    res.setHeader('Content-Type', 'application/json; encoding=utf-8')
    res.end(errorBody(req.path, 47001, errorText(47001, '') ?? '', newRid(platform.clock.now())))
  }
}
