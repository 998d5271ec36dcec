// Builds H5 with the WeChat sandbox adapter in it, for the demo; the production build in dist/ has none of it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const uni = fileURLToPath(new URL('node_modules/@dcloudio/vite-plugin-uni/bin/uni.js', import.meta.url))
const { status, error } = spawnSync(process.execPath, [uni, 'build'], {
  cwd: here,
  stdio: 'inherit',
  env: { ...process.env, VITE_WECHAT_SANDBOX: '1', UNI_OUTPUT_DIR: `${here}dist-demo/h5` },
})
if (error) console.error(error.message)
process.exit(status ?? 1)
