import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packMiniProgram } from './pack'

const here = fileURLToPath(new URL('.', import.meta.url))

const html = `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/host.css">
<link rel="icon" href="data:,">
<body><script type="module" src="/host.js"></script></body>
`

/** A running mini program: open `url` in a browser. */
export interface MiniProgramSite {
  url: string
  close(): Promise<void>
}

/**
 * Serves a compiled mini program with the host that runs it; `/api` goes on to the BFF.
 * @param folder `dist/build/mp-weixin`
 * @param bffUrl such as `http://127.0.0.1:3000`
 */
export async function serveMiniProgram(folder: string, bffUrl: string): Promise<MiniProgramSite> {
  const script = await bundleHost()
  const css = await readFile(`${here}browser/host.css`)
  const files: Record<string, [type: string, body: string | Buffer]> = {
    '/': ['text/html; charset=utf-8', html],
    '/host.js': ['text/javascript; charset=utf-8', script],
    '/packed.json': ['application/json', JSON.stringify(packMiniProgram(folder))],
    '/host.css': ['text/css; charset=utf-8', css],
  }
  const server = createServer((incoming, answer) => {
    if (incoming.url?.startsWith('/api/')) return forward(incoming, answer, bffUrl)
    const [type, body] = files[incoming.url ?? '/'] ?? []
    if (!type || body === undefined) answer.writeHead(404).end()
    else answer.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the site has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bundleHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${here}browser/main.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  const [output] = outputFiles
  if (!output) throw new Error('esbuild wrote nothing')
  return output.text
}

/** Hands a call on to the BFF and its answer back. */
function forward(incoming: IncomingMessage, answer: ServerResponse, bffUrl: string) {
  const target = new URL(incoming.url ?? '/', bffUrl)
  // A mini program has no origin, so the BFF must not see one either.
  const { origin: _origin, referer: _referer, ...headers } = incoming.headers
  const onward = request(target, { method: incoming.method, headers: { ...headers, host: target.host } }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  incoming.pipe(onward)
}
