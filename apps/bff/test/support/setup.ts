import 'reflect-metadata'
import { Socket, type SocketConnectOpts } from 'node:net'

/** The network is closed: a connection to anywhere but this machine fails the test that made it. */
const connect = Socket.prototype.connect
const local = new Set([undefined, 'localhost', '127.0.0.1', '::1'])

Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const [first] = (Array.isArray(args[0]) ? args[0] : args) as [SocketConnectOpts | number | string]
  const host = typeof first === 'object' && 'host' in first ? first.host : undefined
  if (!local.has(host)) throw new Error(`A test tried to reach ${host}`)
  return Reflect.apply(connect, this, args) as Socket
}
