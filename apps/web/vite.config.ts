import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

const api = `http://127.0.0.1:${process.env.PORT ?? '3000'}`
const underTest = process.env.VITEST !== undefined

export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    Components({
      dirs: [],
      dts: false,
      // Node cannot import the style files, and no test looks at colours.
      resolvers: [ElementPlusResolver({ importStyle: underTest ? false : 'css' })],
    }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // Messages are compiled to trees, never to source text: the page runs without `unsafe-eval`.
    __INTLIFY_JIT_COMPILATION__: true,
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': { target: api } } },
  build: { sourcemap: false, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    // Tests open components without the frame that brings their messages.
    setupFiles: ['src/messages/console.ts'],
    // Nothing may depend on where the browser is: everything runs in two zones, one with summer time.
    projects: ['UTC', 'America/New_York'].map((zone) => ({ extends: true, test: { name: zone, env: { TZ: zone } } })),
    restoreMocks: true,
  },
})
