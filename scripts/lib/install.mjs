import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, pinnedPnpm, progress, Refusal, root } from './project.mjs'
import { run } from './processes.mjs'

const stampFile = join(root, 'node_modules', '.huiyue-installed')

/** @returns {string[]} the folders of all workspace packages, the root first */
export function packageFolders() {
  const inside = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, group, entry.name)),
  )
  return [root, ...inside.filter((folder) => existsSync(join(folder, 'package.json'))).sort()]
}

/** What an installation is made from: another lockfile, manifest or kind of machine needs another one. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) hash.update(readFileSync(join(root, name)))
  for (const folder of packageFolders()) hash.update(readFileSync(join(folder, 'package.json')))
  return hash.digest('hex')
}

/** @param {string} wanted */
function isInstalled(wanted) {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) return false
  return packageFolders().every((folder) => existsSync(join(folder, 'node_modules')))
}

function requireWritableRoot() {
  for (const folder of packageFolders()) {
    try {
      accessSync(folder, constants.W_OK)
    } catch {
      throw new Refusal(
        `文件夹 ${folder} 不可写，无法安装依赖。`,
        `The folder ${folder} is not writable, so the packages cannot be installed.`,
      )
    }
  }
}

/** npx beside the npm that runs this script, else the one on the PATH. */
function npx() {
  const cli = process.env.npm_execpath && join(dirname(process.env.npm_execpath), 'npx-cli.js')
  if (cli && existsSync(cli)) return { command: process.execPath, before: [cli], shell: false }
  return { command: 'npx', before: [], shell: process.platform === 'win32' }
}

/**
 * Installs all packages from the lockfile with the pinned pnpm, unless that is done already.
 * @throws {Refusal} when the folder is not writable or pnpm fails
 */
export async function install() {
  const wanted = fingerprint()
  if (isInstalled(wanted)) return
  requireWritableRoot()
  progress('安装依赖（首次约一分钟） · Installing packages (about a minute the first time)')
  const { command, before, shell } = npx()
  const { code } = await run(
    command,
    [
      ...before,
      '--yes',
      `pnpm@${pinnedPnpm()}`,
      'install',
      '--frozen-lockfile',
      // The builds need the development dependencies, whatever NODE_ENV the result will run under.
      '--prod=false',
      '--config.confirmModulesPurge=false',
    ],
    { shell, env: { ...process.env, NODE_ENV: 'development', npm_config_production: '', npm_config_omit: '' } },
  )
  if (code !== 0) {
    throw new Refusal(
      '依赖安装失败，原因见上面的输出；修正后请再次运行同一命令。',
      'The packages could not be installed; the output above says why. Run the same command again afterwards.',
    )
  }
  try {
    writeFileSync(stampFile, wanted)
  } catch (error) {
    throw new Refusal(
      `无法写入 ${stampFile}：${messageOf(error)}`,
      `${stampFile} cannot be written: ${messageOf(error)}`,
    )
  }
}
