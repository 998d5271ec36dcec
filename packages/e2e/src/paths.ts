import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Absolute paths of what the tests run. */
export const paths = {
  root: at('../../../'),
  bff: at('../../../apps/bff/dist/main.js'),
  miniProgram: at('../../../apps/miniprogram/dist/build/mp-weixin'),
  artifacts: at('../artifacts/'),
}
