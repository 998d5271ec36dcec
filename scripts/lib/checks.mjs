import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { messageOf, Refusal } from './project.mjs'

/**
 * @param {number} port
 * @param {string | undefined} host
 * @returns {Promise<NodeJS.ErrnoException | undefined>} why nobody can listen there
 */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/**
 * @param {string} variable the environment variable that sets the port
 * @param {number} port
 * @param {string | undefined} host
 * @throws {Refusal} when the port cannot be used
 */
export async function requireFreePort(variable, port, host) {
  // Some systems let 0.0.0.0 be taken while 127.0.0.1 is in use, and the browser would then reach the other program.
  for (const address of host ? [host] : [undefined, '127.0.0.1']) {
    const error = await tryToListen(port, address)
    if (!error) continue
    if (error.code === 'EADDRINUSE') {
      throw new Refusal(
        `端口 ${port}（${variable}）已被占用：请关闭占用它的程序，或改用别的端口，例如 ${variable}=${port + 10} npm start。`,
        `Port ${port} (${variable}) is in use: stop the program that has it, or choose another, such as ${variable}=${port + 10} npm start.`,
      )
    }
    if (error.code === 'EACCES') {
      throw new Refusal(
        `没有权限使用端口 ${port}（${variable}）：请改用 1024 以上的端口。`,
        `No permission to use port ${port} (${variable}): choose one above 1023.`,
      )
    }
    throw new Refusal(
      `无法在 ${address ?? '本机'} 上使用端口 ${port}（${variable}）：${error.message}`,
      `Port ${port} (${variable}) cannot be used on ${address ?? 'this machine'}: ${error.message}`,
    )
  }
}

/**
 * Makes the data folder and proves that a file can be written there.
 * @param {string} folder
 * @throws {Refusal}
 */
export function requireWritableFolder(folder) {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new Refusal(
      `数据文件夹 ${folder}（DATA_DIR）不可写：${messageOf(error)}`,
      `The data folder ${folder} (DATA_DIR) is not writable: ${messageOf(error)}`,
    )
  }
}
