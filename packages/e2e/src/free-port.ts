import { createServer } from 'node:net'

// Below the range that the system hands out by itself, so that nobody takes the port between the check and its use.
const lowest = 20_000
const highest = 32_000

/** @returns a port of 127.0.0.1 that nobody listens on */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (await isFree(port)) return port
  }
  throw new Error('no free port found')
}

/** Whether a server could listen on this port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
