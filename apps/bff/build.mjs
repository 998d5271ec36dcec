// One file for production: workspace packages are bundled in, npm packages stay outside.
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  // The bundler moves imports about; tsyringe must find this one already there.
  banner: { js: "import 'reflect-metadata'" },
  external: Object.keys(dependencies).filter((name) => !name.startsWith('@huiyue/')),
  logLevel: 'warning',
})
