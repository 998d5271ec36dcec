import { createServer, type Server } from 'node:http'
import { isIPv6, type AddressInfo } from 'node:net'
import { createApp } from './app'
import { Platform, type PlatformSettings } from './platform/platform'

export interface SandboxSettings extends PlatformSettings {
  /** 0, the default: any free one. */
  port?: number
  host?: string
  /** Where H5 is, for the links on the cards; without it they are no links. */
  h5Url?: string
}

export interface RunningSandbox {
  /** Without a slash at the end. */
  url: string
  port: number
  /** Ends every open answer and event stream. */
  close: () => Promise<void>
}

/** @throws Error with one plain sentence when it cannot listen there */
export async function startSandbox(settings: SandboxSettings = {}): Promise<RunningSandbox> {
  const { port = 0, host = '127.0.0.1', h5Url, ...platformSettings } = settings
  const platform = new Platform(platformSettings)
  const server = createServer(createApp(platform, h5Url ?? null))
  await listen(server, port, host)
  const address = server.address() as AddressInfo
  return {
    url: `http://${reachableHost(host)}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(explain(error, port, host))))
    server.listen(port, host, () => resolve())
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop the program that has it, or set SANDBOX_PORT to another port.`
    case 'EACCES':
      return `Port ${port} needs more rights than this account has: set SANDBOX_PORT to a port above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.`
    default:
      return `The sandbox cannot listen on ${host}:${port}: ${error.message}.`
  }
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return isIPv6(host) ? `[${host}]` : host
}
