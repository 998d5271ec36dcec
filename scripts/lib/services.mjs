import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { readable } from './log-lines.mjs'
import { Refusal, root } from './project.mjs'
import { start, stop } from './processes.mjs'

const preload = pathToFileURL(join(root, 'scripts', 'lib', 'end-with-parent.mjs')).href
const largestLog = 10 * 1024 * 1024

/**
 * @param {string} folder
 * @param {string} name
 */
function openLog(folder, name) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.log`)
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(file, `${file}.1`)
  return createWriteStream(file, { flags: 'a' })
}

/** One long-running program of the product. */
export class Service {
  /**
   * @param {string} name
   * @param {string} entry its built main file, relative to the root
   * @param {NodeJS.ProcessEnv} env
   * @param {string | undefined} logFolder where its output goes; undefined passes everything to the terminal unchanged
   */
  constructor(name, entry, env, logFolder) {
    this.name = name
    this.child = start(process.execPath, ['--import', preload, join(root, entry)], {
      env,
      stdio: ['ignore', logFolder ? 'pipe' : 'inherit', logFolder ? 'pipe' : 'inherit', 'ipc'],
    })
    if (logFolder) this.#follow(openLog(logFolder, name))
    /** @type {Promise<number>} resolves with the exit code, 1 for a signal */
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code) => resolve(code ?? 1))
      this.child.once('error', () => resolve(1))
    })
  }

  /** @param {import('node:fs').WriteStream} log */
  #follow(log) {
    const { stdout, stderr } = this.child
    for (const stream of [stdout, stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`)
        const shown = readable(this.name, line, stream === stderr)
        if (shown) console.log(shown)
      })
    }
  }

  /**
   * Waits until `url` answers with success.
   * @param {string} url
   * @param {number} seconds
   * @returns {Promise<boolean>} false when the service ended before
   * @throws {Refusal} when it takes longer
   */
  async ready(url, seconds) {
    let ended = false
    void this.ended.then(() => (ended = true))
    const deadline = Date.now() + seconds * 1000
    while (!ended) {
      if (await answers(url)) return true
      if (Date.now() > deadline) {
        throw new Refusal(
          `${this.name} 启动超过 ${seconds} 秒仍未就绪（${url}）。`,
          `${this.name} is still not ready after ${seconds} seconds (${url}).`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return false
  }

  /** Ends it in an orderly way, waiting for requests under way. */
  stop() {
    return stop(this.child, 15)
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
