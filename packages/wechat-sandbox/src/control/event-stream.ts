import { type RequestHandler, type Response } from 'express'
import { type SandboxEvent } from '../platform/events'
import { type Platform } from '../platform/platform'
import { clockView, phoneView, snapshotView } from './views'

const heartbeatMs = 15_000

/**
 * `GET /__sandbox/events`: a `snapshot` first, then `phone`, `call`, `faults` and `clock` as they change, and another
 * `snapshot` after a reset. Each event replaces what it is about, so a client that reconnects misses nothing.
 */
export function eventStream(platform: Platform, h5Url: string | null): RequestHandler {
  return (req, res) => {
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    res.write('retry: 1000\n\n')
    write(res, 'snapshot', snapshotView(platform, h5Url))
    const stop = platform.events.listen((event) => forward(platform, h5Url, res, event))
    const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs)
    req.on('close', () => {
      stop()
      clearInterval(heartbeat)
    })
  }
}

function forward(platform: Platform, h5Url: string | null, res: Response, event: SandboxEvent): void {
  switch (event.type) {
    case 'phone': {
      const user = platform.state.users.get(event.userId)
      if (user) write(res, 'phone', phoneView(platform, user))
      return
    }
    case 'call':
      return write(res, 'call', event.call)
    case 'faults':
      return write(res, 'faults', platform.state.faults.list())
    case 'clock':
      return write(res, 'clock', clockView(platform))
    case 'reset':
      return write(res, 'snapshot', snapshotView(platform, h5Url))
  }
}

function write(res: Response, event: string, data: unknown): void {
  res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
