import vue from '@vitejs/plugin-vue'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin, type UserConfig } from 'vitest/config'

type Platform = 'mp-weixin' | 'h5'

/** uni-app's `#ifdef` comments, as far as this app uses them: names joined by `||`, not nested. */
function conditional(platform: Platform): Plugin {
  const defined = new Set(['VUE3', ...(platform === 'h5' ? ['H5'] : ['MP', 'MP-WEIXIN'])])
  const keep = (kind: string, names: string) =>
    names.split('||').some((name) => defined.has(name.trim())) === (kind === 'ifdef')
  return {
    name: 'uni-conditional',
    enforce: 'pre',
    // Nothing is reloaded here; a server that never listens keeps the projects from quarrelling over one port.
    config: () => ({ server: { hmr: { server: createServer() } } }),
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('#if')) return undefined
      const block =
        /(?:\/\/|\/\*|<!--)\s*#(ifn?def)\s+([\w|\- ]+?)\s*(?:\*\/|-->|$)([\s\S]*?)(?:\/\/|\/\*|<!--)\s*#endif[^\n]*/gm
      return {
        code: code.replace(block, (_all, kind: string, names: string, body: string) =>
          keep(kind, names) ? body : body.replace(/[^\n]/g, ''),
        ),
        map: null,
      }
    },
  }
}

/** The app's code as one platform has it. */
function project(platform: Platform, test: NonNullable<UserConfig['test']>): UserConfig {
  return {
    plugins: [conditional(platform), vue()],
    resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
    define: {
      __API_BASE__: JSON.stringify('http://api.test'),
      __WECHAT_SANDBOX__: JSON.stringify(platform === 'h5'),
    },
    test: { setupFiles: ['test/stub-uni.ts'], ...test },
  }
}

const h5Tests = 'src/**/*.h5.test.ts'

export default defineConfig({
  test: {
    projects: [
      project('mp-weixin', { name: 'mp-weixin', include: ['src/**/*.test.ts'], exclude: [h5Tests] }),
      project('h5', { name: 'h5', include: [h5Tests], environment: 'jsdom' }),
      // Times belong to the organisation, so the phone's own zone must change nothing.
      project('mp-weixin', {
        name: 'phone in New York',
        include: ['src/features/booking/*.test.ts', 'src/lib/time-text.test.ts'],
        env: { TZ: 'America/New_York' },
      }),
    ],
  },
})
