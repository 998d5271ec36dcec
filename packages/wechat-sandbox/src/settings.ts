import { z } from 'zod'
import { type SandboxSettings } from './server'

const schema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(3100),
  HOST: z.string().min(1).default('127.0.0.1'),
  H5_URL: z.url({ protocol: /^https?$/ }).optional(),
})

/** @throws Error with every fault named in one sentence */
export function readSettings(env: Readonly<Record<string, string | undefined>>): SandboxSettings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success)
    throw new Error(
      `Wrong settings: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
    )
  const { SANDBOX_PORT: port, HOST: host, H5_URL: h5Url } = parsed.data
  return { port, host, ...(h5Url === undefined ? {} : { h5Url }) }
}
