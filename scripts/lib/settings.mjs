import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Refusal, root } from './project.mjs'

/** Ids, secrets and templates that the sandbox knows from the start, read from the one file that defines them. */
export function sandboxDefaults() {
  const source = readFileSync(join(root, 'packages', 'wechat-sandbox', 'src', 'defaults.ts'), 'utf8')
  const constants = Object.fromEntries([...source.matchAll(/export const (\w+) = '([^']*)'/g)].map((m) => [m[1], m[2]]))
  const { sandboxAppId, sandboxAppSecret } = constants
  if (!sandboxAppId || !sandboxAppSecret) throw new Error('packages/wechat-sandbox/src/defaults.ts lost its app id')
  return { appId: sandboxAppId, appSecret: sandboxAppSecret }
}

/**
 * @param {string} name
 * @param {number} fallback
 */
function port(name, fallback) {
  const text = process.env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value < 65536) return value
  throw new Refusal(
    `${name} 须为 1 到 65535 的整数，当前是「${text}」。`,
    `${name} must be a whole number from 1 to 65535; it is "${text}".`,
  )
}

/**
 * @typedef {object} Settings
 * @property {boolean} production
 * @property {number} port
 * @property {number} sandboxPort
 * @property {string | undefined} host what the servers listen on; undefined leaves it to them
 * @property {string} loopback a host name under which this machine reaches them
 * @property {string} dataDir absolute
 * @property {boolean} dataDirNeeded false when the database is elsewhere and no demo runs
 * @property {boolean} ownWechat the person has a WeChat app of their own, so the sandbox stays off
 * @property {string} demoPassword
 */

/** @returns {Settings} what start needs of the environment; the BFF checks the rest itself */
export function readSettings() {
  const { NODE_ENV, HOST, DATA_DIR, DATABASE_URL, WECHAT_APP_ID, DEMO_PASSWORD } = process.env
  const production = NODE_ENV === 'production'
  const everywhere = !HOST || HOST === '0.0.0.0' || HOST === '::'
  const settings = {
    production,
    port: port('PORT', 3000),
    sandboxPort: port('SANDBOX_PORT', 3100),
    host: HOST || undefined,
    loopback: everywhere ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST,
    dataDir: resolve(root, DATA_DIR || 'data'),
    dataDirNeeded: !production || (DATABASE_URL ?? '').startsWith('sqlite:'),
    ownWechat: Boolean(WECHAT_APP_ID) && WECHAT_APP_ID !== sandboxDefaults().appId,
    demoPassword: DEMO_PASSWORD || 'huiyue-demo',
  }
  if (usesSandbox(settings) && settings.port === settings.sandboxPort) {
    throw new Refusal(
      `PORT 和 SANDBOX_PORT 不能是同一个端口（${settings.port}）。`,
      `PORT and SANDBOX_PORT must not be the same port (${settings.port}).`,
    )
  }
  return settings
}

/** @param {Pick<Settings, 'production' | 'ownWechat'>} settings */
export function usesSandbox(settings) {
  return !settings.production && !settings.ownWechat
}
