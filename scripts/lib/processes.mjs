import { spawn } from 'node:child_process'
import { root } from './project.mjs'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const windows = process.platform === 'win32'

/** @type {Set<ChildProcess>} */
const running = new Set()

/**
 * Starts a program in a process group of its own, so that it and everything it started can be stopped together, and so
 * that Ctrl-C reaches only this script, which decides the order of stopping.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function start(command, args, options = {}) {
  const child = spawn(command, [...args], { cwd: root, ...options, detached: !windows, windowsHide: true })
  running.add(child)
  const forget = () => running.delete(child)
  child.once('exit', forget)
  child.once('error', forget)
  return child
}

/**
 * Sends a signal to a program and all that it started. One that has gone already is no error.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    else process.kill(-child.pid, signal)
  } catch {
    // ESRCH: the whole group has ended.
  }
}

/**
 * @typedef {object} Outcome
 * @property {number} code the exit code; 1 when a signal ended it or it could not be started
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end, its output going straight to the terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutSeconds?: number, shell?: boolean}} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { timeoutSeconds, ...options } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options })
    let timedOut = false
    const timer = timeoutSeconds
      ? setTimeout(() => {
          timedOut = true
          signalGroup(child, 'SIGKILL')
        }, timeoutSeconds * 1000)
      : undefined
    child.once('error', (error) => {
      console.error(error.message)
      clearTimeout(timer)
      resolve({ code: 1, timedOut })
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      // What it left behind (a worker of a killed test runner, say) must not outlive it.
      signalGroup(child, 'SIGKILL')
      resolve({ code: code ?? 1, timedOut })
    })
  })
}

/**
 * Ends a program in an orderly way: SIGTERM, and SIGKILL for what is still there after `graceSeconds`.
 * @param {ChildProcess} child
 * @param {number} graceSeconds
 * @returns {Promise<void>}
 */
export function stop(child, graceSeconds) {
  return new Promise((resolve) => {
    const gone = () => {
      clearTimeout(timer)
      signalGroup(child, 'SIGKILL')
      resolve()
    }
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceSeconds * 1000)
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return gone()
    child.once('exit', gone)
    signalGroup(child, 'SIGTERM')
  })
}

/** Kills whatever this script started and is still there: the last resort, safe to call from an exit handler. */
export function killEverything() {
  for (const child of running) signalGroup(child, 'SIGKILL')
}
