// npm start: installs, builds what is stale, and runs the product: the demo, or with NODE_ENV=production the BFF alone.
import { join } from 'node:path'
import { requireFreePort, requireWritableFolder } from './lib/checks.mjs'
import { demoGuide } from './lib/demo-guide.mjs'
import { install } from './lib/install.mjs'
import { killEverything, run } from './lib/processes.mjs'
import { loadDotEnv, progress, Refusal, requireNode, root, runScript } from './lib/project.mjs'
import { Service } from './lib/services.mjs'
import { readSettings, sandboxDefaults, usesSandbox } from './lib/settings.mjs'
import { turbo } from './lib/turbo.mjs'

const startedAt = Date.now()

/** @type {Service[]} in the order they were started */
const services = []

/** Set by the first signal; from then on ending is what was asked for. */
let stopping = false

/** @type {() => void} */
let askedToStop = () => {}
const stopAsked = new Promise((resolve) => (askedToStop = () => resolve('stop')))

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (stopping) {
      killEverything()
      process.exit(130)
    }
    stopping = true
    console.log('\n› 正在停止 · Stopping')
    // Before the services run there is only an installation or a build, which need no orderly end.
    if (services.length === 0) {
      killEverything()
      process.exit(0)
    }
    askedToStop()
  })
}
process.on('exit', killEverything)

await runScript(main)

async function main() {
  requireNode()
  loadDotEnv()
  const settings = readSettings()
  await requireFreePort('PORT', settings.port, settings.host)
  if (usesSandbox(settings)) await requireFreePort('SANDBOX_PORT', settings.sandboxPort, settings.host)
  if (settings.dataDirNeeded) requireWritableFolder(settings.dataDir)
  await install()
  if (settings.production && !(await settingsComplete())) return 1
  await build(settings)
  try {
    return settings.production ? await runProduction() : await runDemo(settings)
  } finally {
    stopping = true
    for (const service of services.reverse()) await service.stop()
  }
}

/** The BFF names every missing or wrong setting itself; it takes a second to build, the faces take long. */
async function settingsComplete() {
  const { code } = await turbo(['@huiyue/bff#build'], { outputLogs: 'errors-only' })
  if (code !== 0) return false
  const check = await run(process.execPath, [join(root, 'apps/bff/dist/main.js'), '--check'], { env: process.env })
  return check.code === 0
}

/** @param {import('./lib/settings.mjs').Settings} settings */
async function build(settings) {
  const tasks = settings.production
    ? ['@huiyue/bff#build', '@huiyue/web#build', '@huiyue/miniprogram#build']
    : [
        '@huiyue/bff#build',
        '@huiyue/web#build',
        '@huiyue/miniprogram#build:demo',
        ...(usesSandbox(settings) ? ['@huiyue/wechat-sandbox#build'] : []),
      ]
  progress('构建有改动的部分 · Building what has changed')
  const { code } = await turbo(tasks)
  if (code !== 0) {
    throw new Refusal('构建失败，原因见上面的输出。', 'The build failed; the output above says why.')
  }
}

async function runProduction() {
  const bff = new Service('bff', 'apps/bff/dist/main.js', process.env, undefined)
  services.push(bff)
  const first = await Promise.race([bff.ended, stopAsked])
  return first === 'stop' ? 0 : Number(first) || 1
}

/** @param {import('./lib/settings.mjs').Settings} settings */
async function runDemo(settings) {
  const { port, sandboxPort, loopback, dataDir } = settings
  const logs = join(dataDir, 'logs')
  progress('启动服务 · Starting the servers')
  if (usesSandbox(settings)) {
    const sandbox = new Service('sandbox', 'packages/wechat-sandbox/dist/main.js', sandboxEnv(settings), logs)
    services.push(sandbox)
    if (!(await ready(sandbox, `http://${loopback}:${sandboxPort}/__sandbox/users`))) return failed(sandbox)
  }
  const bff = new Service('bff', 'apps/bff/dist/main.js', bffEnv(settings), logs)
  services.push(bff)
  if (!(await ready(bff, `http://${loopback}:${port}/readyz`))) return failed(bff)
  if (!stopping) console.log(demoGuide(settings, (Date.now() - startedAt) / 1000))
  const first = await Promise.race([stopAsked, ...services.map((service) => service.ended.then(() => service))])
  return first instanceof Service ? failed(first) : 0
}

/**
 * @param {Service} service
 * @param {string} url
 */
async function ready(service, url) {
  return (await Promise.race([service.ready(url, 90), stopAsked])) !== false
}

/** @param {Service} service */
function failed(service) {
  if (stopping) return 0
  console.error(
    `✗ ${service.name} 意外退出，其余服务已停止。\n  ${service.name} ended unexpectedly, so everything was stopped.`,
  )
  return 1
}

/** @param {import('./lib/settings.mjs').Settings} settings */
function sandboxEnv({ port, sandboxPort }) {
  const { HOST, ...env } = process.env
  // An empty line in .env means "not set", as it does for the BFF.
  const host = HOST ? { HOST } : {}
  return { ...env, ...host, SANDBOX_PORT: String(sandboxPort), H5_URL: `http://localhost:${port}/m/` }
}

/** @param {import('./lib/settings.mjs').Settings} settings */
function bffEnv(settings) {
  const { appId, appSecret } = sandboxDefaults()
  const wechat = usesSandbox(settings)
    ? {
        WECHAT_API_BASE_URL: `http://${settings.loopback}:${settings.sandboxPort}`,
        WECHAT_APP_ID: appId,
        WECHAT_APP_SECRET: appSecret,
        WECHAT_MINIPROGRAM_STATE: process.env.WECHAT_MINIPROGRAM_STATE || 'developer',
      }
    : {}
  return { ...process.env, PORT: String(settings.port), DATA_DIR: settings.dataDir, ...wechat }
}
