import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder, absolute. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A reason not to go on that a person can act on: printed as it is, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   */
  constructor(zh, en) {
    super(`✗ ${zh}\n  ${en}`)
    this.name = 'Refusal'
  }
}

const oldestNode = [20, 19]

/** @throws {Refusal} when this Node.js is too old for what the project depends on. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  const wanted = oldestNode.join('.')
  throw new Refusal(
    `会约需要 Node.js ${wanted} 或更新版本，当前是 ${version}。`,
    `HuiYue needs Node.js ${wanted} or newer; this is ${version}.`,
  )
}

/** Adds what `.env` in the root says; a variable that the environment has already stays as it is. */
export function loadDotEnv() {
  const file = join(root, '.env')
  if (!existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch (error) {
    throw new Refusal(`无法读取 ${file}：${messageOf(error)}`, `${file} cannot be read: ${messageOf(error)}`)
  }
}

/** @returns {string} the pnpm version that package.json pins */
export function pinnedPnpm() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return String(manifest.packageManager)
    .replace(/^pnpm@/, '')
    .replace(/\+.*$/, '')
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/** What a step is doing, on a line of its own. @param {string} text */
export function progress(text) {
  console.log(`› ${text}`)
}

/**
 * Runs a script's main function; a Refusal becomes its sentence, anything else its stack.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error)
    process.exitCode = 1
  }
}
