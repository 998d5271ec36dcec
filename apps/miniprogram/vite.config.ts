import uni from '@dcloudio/vite-plugin-uni'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const isH5 = () => process.env.UNI_PLATFORM === 'h5'

/** The router that uni-app's H5 was made with; another version lies about in the workspace and would be taken. */
const h5Router = () =>
  createRequire(
    realpathSync(fileURLToPath(new URL('node_modules/@dcloudio/uni-h5/package.json', import.meta.url))),
  ).resolve('vue-router/dist/vue-router.mjs')

/**
 * uni-app forces resolve.preserveSymlinks. The mini program needs that, since component files must keep a path inside
 * the app; H5 must not have it, or a package's own dependencies are not found in pnpm's linked layout.
 */
const followSymlinksOnH5: Plugin = {
  name: 'follow-symlinks-on-h5',
  enforce: 'post',
  config: () =>
    isH5()
      ? {
          resolve: {
            preserveSymlinks: false,
            alias: [{ find: /^vue-router(\/dist\/vue-router\.esm-bundler\.js)?$/, replacement: h5Router() }],
          },
        }
      : undefined,
}

/** uni-app's production runtime preloads a tracking image from its maker's servers; no build of ours calls anybody. */
const noBeacon: Plugin = {
  name: 'no-beacon',
  enforce: 'post',
  transform(code, id) {
    if (!/uni-mp-weixin\/dist\/uni\.mp\.esm\.js/.test(id)) return undefined
    const quiet = code.replace(/^(\s*)preloadAsset\(\);/m, '')
    if (quiet === code && code.includes('preloadAssets')) this.error('uni-app changed its beacon: look at it again')
    return { code: quiet, map: null }
  },
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css') && typeof file.source === 'string')
        file.source = file.source.replace(/url\((['"]?)https:\/\/cdn\.dcloud\.net\.cn[^)]*\)/g, 'none')
    }
  },
}

/** zod explains its own annotations in comments, and the bundler takes the explanations for misplaced annotations. */
const quietAnnotations: Plugin = {
  name: 'quiet-annotations',
  configResolved({ build: { rollupOptions } }) {
    const say = rollupOptions.onwarn
    rollupOptions.onwarn = (warning, warn) => {
      if (warning.code === 'INVALID_ANNOTATION') return
      if (say) say(warning, warn)
      else warn(warning)
    }
  },
}

/** The real app id is a setting of the installation, so it is put into the output and not into the sources. */
const appIdFromEnvironment: Plugin = {
  name: 'wechat-app-id',
  enforce: 'post',
  closeBundle() {
    const appId = process.env.WECHAT_APP_ID
    if (process.env.UNI_PLATFORM !== 'mp-weixin' || !appId || !process.env.UNI_OUTPUT_DIR) return
    const file = join(process.env.UNI_OUTPUT_DIR, 'project.config.json')
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { appid?: string }
    writeFileSync(file, JSON.stringify({ ...settings, appid: appId }, null, 2))
  },
}

export default defineConfig(({ command, mode }) => {
  const development = command === 'serve' || mode === 'development'
  const sandbox = isH5() && (command === 'serve' || process.env.VITE_WECHAT_SANDBOX === '1')
  // In a mini program every request needs a whole URL; H5 is served by the API's own origin.
  const apiBase = process.env.VITE_API_BASE ?? (isH5() ? '' : 'http://127.0.0.1:3000')
  if (!development && !isH5() && process.env.WECHAT_APP_ID && !process.env.VITE_API_BASE)
    throw new Error(
      'VITE_API_BASE is needed for a real app id: the https origin of the API, such as https://meet.example.com',
    )
  return {
    plugins: [uni(), followSymlinksOnH5, noBeacon, quietAnnotations, appIdFromEnvironment],
    define: {
      __WECHAT_SANDBOX__: JSON.stringify(sandbox),
      __API_BASE__: JSON.stringify(apiBase.replace(/\/+$/, '')),
    },
    server: {
      port: 5174,
      proxy: { '/api': { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: false } },
    },
  }
})
