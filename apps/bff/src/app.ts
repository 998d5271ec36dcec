import { apiPrefix } from '@huiyue/contracts'
import cors from 'cors'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { DependencyContainer } from 'tsyringe'
import { ConfigToken, type Config } from './config/config'
import { createErrorHandler, notFound } from './http/error-handler'
import { facesOf, inlineScriptHashes, serveApiReference, serveFaces } from './http/faces'
import { createOpenApi } from './http/openapi'
import { Readiness } from './http/readiness'
import { methodOverride, requestContext } from './http/request-context'
import { createRouter } from './http/router'
import { createDraftChecks, createHandlers } from './http/routes'
import { LoggerToken, type Logger } from './logging/logger'
import { Authenticator } from './session/authenticator'

/** The HTTP application; it does not listen, so that tests can use it as it is. */
export function createApp(container: DependencyContainer): Express {
  const config = container.resolve<Config>(ConfigToken)
  const logger = container.resolve<Logger>(LoggerToken).child({ scope: 'http' })
  const readiness = container.resolve(Readiness)
  const faces = facesOf(config)

  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', config.trustProxy)
  app.use(requestContext(logger))
  app.use(securityHeaders(config, inlineScriptHashes(faces)))

  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', async (_req, res) => {
    const ready = await readiness.check()
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' })
  })

  const openApi = createOpenApi(config.publicUrl)
  app.get('/api/openapi.json', (_req, res) => void res.json(openApi))
  app.use('/api/docs', serveApiReference())
  app.use(
    apiPrefix,
    cors({ origin: config.corsOrigins, exposedHeaders: ['X-Request-Id'], maxAge: 600 }),
    methodOverride,
    createRouter(createHandlers(container), createDraftChecks(container), container.resolve(Authenticator)),
  )
  app.use(serveFaces(faces))
  app.use(notFound)
  app.use(createErrorHandler(logger))
  return app
}

function securityHeaders(config: Config, scriptHashes: string[]) {
  const secure = config.publicUrl.startsWith('https:')
  const sandbox = config.demo?.sandboxUrl ? [config.demo.sandboxUrl] : []
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scriptHashes],
        // Component libraries place things by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...sandbox],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // On plain HTTP in a local network these two would lock people out.
    strictTransportSecurity: secure,
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  })
}
