import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac' }

/**
 * Runs WeChat's own compilers, wcc and wcsc, over every template and sheet of a compiled mini program.
 * @returns what they complain about, a text per compiler; empty when they take everything
 */
export function complaintsOfWechat(folder: string): string[] {
  const system = systems[process.platform]
  if (!system) throw new Error(`miniprogram-compiler has no binaries for ${process.platform}`)
  const from = join(dirname(require.resolve('miniprogram-compiler/package.json')), 'bin', system)
  // The package's binaries are not executable, and nothing inside node_modules is ours to change.
  const bin = mkdtempSync(join(tmpdir(), 'huiyue-wcc-'))
  try {
    for (const name of ['wcc', 'wcsc']) {
      copyFileSync(join(from, name), join(bin, name))
      chmodSync(join(bin, name), 0o755)
    }
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const all = (extension: RegExp) => files.filter((file) => extension.test(file)).map((file) => `./${file}`)
    const templates = [...all(/\.wxml$/), ...all(/\.wxs$/)]
    const sheets = all(/\.wxss$/)
    if (templates.length === 0 || sheets.length === 0) throw new Error(`no mini program in ${folder}`)
    // Both pass over faults of the first file that they are given.
    const first = (name: string) => {
      writeFileSync(join(bin, name), '')
      return join(bin, name)
    }
    return [
      ...run(join(bin, 'wcc'), ['-d', '-cc', first('first.wxml'), ...templates], folder),
      ...run(join(bin, 'wcsc'), ['-lc', '-js', first('first.wxss'), ...sheets], folder),
    ]
  } finally {
    rmSync(bin, { recursive: true, force: true })
  }
}

function run(command: string, args: string[], cwd: string): string[] {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error) throw error
  return status === 0 ? [] : [stderr || stdout]
}
