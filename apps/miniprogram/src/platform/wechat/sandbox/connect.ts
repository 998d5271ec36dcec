import { setSandboxOrigin } from './sandbox-api'
import { mountSandboxPhone } from './mount'

/** Called with the server's client config, before anything asks for a login code. */
export function connectSandbox(url: string) {
  setSandboxOrigin(url)
  mountSandboxPhone()
}
