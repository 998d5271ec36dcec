import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import express, { Router, type RequestHandler } from 'express'
import type { Config } from '../config/config'

interface Face {
  mount: string
  dir: string
  /** Unknown paths below it are pages of the application, not missing files. */
  pages: boolean
}

/** The built clients and the API reference, where they exist. */
export function facesOf(config: Config): Face[] {
  const built = (path: string) => join(config.rootDir, 'apps', path)
  const h5 = config.demo ? 'miniprogram/dist-demo/h5' : 'miniprogram/dist/build/h5'
  const faces = [
    { mount: '/m', dir: built(h5), pages: false },
    { mount: '/', dir: built('web/dist'), pages: true },
  ]
  return faces.filter((face) => existsSync(join(face.dir, 'index.html')))
}

/** Hashes of the inline scripts of the pages we serve, for the Content-Security-Policy. */
export function inlineScriptHashes(faces: readonly Face[]): string[] {
  return faces.flatMap(({ dir }) => {
    const html = readFileSync(join(dir, 'index.html'), 'utf8')
    return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, script]) =>
        `'sha256-${createHash('sha256')
          .update(script ?? '')
          .digest('base64')}'`,
    )
  })
}

export function serveFaces(faces: readonly Face[]): Router {
  const router = Router()
  for (const { mount, dir, pages } of faces) {
    router.use(mount, express.static(dir, { index: 'index.html', setHeaders: cacheByName }))
    if (pages) router.use(mount, page(join(dir, 'index.html')))
  }
  return router
}

/** Names with a hash never change their content; everything else is asked for again. */
function cacheByName(res: { setHeader(name: string, value: string): void }, path: string): void {
  const hashed = /[.-][\w-]{8,}\.\w+$/.test(path) && /[\\/](assets|static)[\\/]/.test(path)
  res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

function page(file: string): RequestHandler {
  return (req, res, next) => {
    const wantsPage = req.method === 'GET' && !/\.\w+$/.test(req.path) && !req.path.startsWith('/api/')
    if (!wantsPage || req.accepts(['html', 'json']) !== 'html') return next()
    res.sendFile(file, { headers: { 'Cache-Control': 'no-cache' } })
  }
}

/** Swagger UI from npm, set up without an inline script. */
export function serveApiReference(): Router {
  const dir = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const router = Router()
  router.get('/swagger-initializer.js', (_req, res) => {
    res
      .type('js')
      .send("window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true })")
  })
  router.use(express.static(dir))
  return router
}
