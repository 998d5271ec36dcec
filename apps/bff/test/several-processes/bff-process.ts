import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build, type Plugin } from 'esbuild'

const bffDir = join(import.meta.dirname, '../..')

/** A change to one source file for a build that must fail a test. */
export interface Mutation {
  file: string
  replace: string
  by: string
}

function mutate({ file, replace, by }: Mutation): Plugin {
  return {
    name: 'mutate',
    setup: (builder) => {
      builder.onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
        const source = readFileSync(path, 'utf8')
        if (!source.includes(replace)) throw new Error(`${file} does not contain what was to be taken out of it`)
        return { contents: source.replace(replace, by), loader: 'ts' }
      })
    },
  }
}

/** Builds the server as `build.mjs` does, with one change if asked for. */
export async function buildServer(name: string, mutation?: Mutation): Promise<string> {
  const outfile = join(bffDir, 'artifacts/several-processes', `${name}.mjs`)
  const { dependencies } = JSON.parse(readFileSync(join(bffDir, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  await build({
    absWorkingDir: bffDir,
    entryPoints: ['src/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import 'reflect-metadata'" },
    external: Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@huiyue/')),
    plugins: mutation ? [mutate(mutation)] : [],
    logLevel: 'warning',
  })
  return outfile
}

export interface BffProcess {
  url: string
  child: ChildProcess
  /** Ends it as an operator would; answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Starts a server process and waits until it listens. */
export async function startServer(file: string, env: Record<string, string>): Promise<BffProcess> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors.join('')}`)))
    createInterface(child.stdout).on('line', (line) => {
      const entry = JSON.parse(line) as { msg: string; port: number }
      if (entry.msg === 'listening') resolve(entry.port)
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}
