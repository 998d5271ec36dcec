import { clientIds, type ClientId } from '@huiyue/contracts'

export interface SessionLifetime {
  accessSeconds: number
  /** A session that is not refreshed for this long is over. */
  idleSeconds: number
  /** However often it is refreshed, it is over after this long. */
  absoluteSeconds: number
}

export type SessionLifetimes = Readonly<Record<ClientId, SessionLifetime>>

const minute = 60
const day = 24 * 3600
const usual: SessionLifetime = { accessSeconds: 15 * minute, idleSeconds: 30 * day, absoluteSeconds: 90 * day }

const units: Record<string, number> = { m: minute, h: 3600, d: day }

/**
 * Reads `web=15m/12h/7d,mp-weixin=15m/30d/90d`: access token, unused session, session at the longest, for each client
 * that is not to have the usual 15 minutes, 30 and 90 days. Answers a sentence when it cannot be read.
 */
export function parseSessionLifetimes(text: string): SessionLifetimes | string {
  const lifetimes = new Map<ClientId, SessionLifetime>()
  for (const part of text.split(',').map((entry) => entry.trim())) {
    if (part === '') continue
    const [name, times = ''] = part.split('=')
    const clientId = clientIds.find((candidate) => candidate === name)
    if (!clientId) return `${name} is none of the clients ${clientIds.join(', ')}`
    const [accessSeconds, idleSeconds, absoluteSeconds, ...more] = times.split('/').map(secondsOf)
    if (!accessSeconds || !idleSeconds || !absoluteSeconds || more.length > 0)
      return `${part} must look like web=15m/12h/7d (m, h, d for minutes, hours, days)`
    if (accessSeconds > idleSeconds || idleSeconds > absoluteSeconds)
      return `${part}: each time must be at least as long as the one before it`
    lifetimes.set(clientId, { accessSeconds, idleSeconds, absoluteSeconds })
  }
  const of = (clientId: ClientId) => lifetimes.get(clientId) ?? usual
  return { web: of('web'), h5: of('h5'), 'mp-weixin': of('mp-weixin') }
}

function secondsOf(text: string): number | null {
  const [, amount = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text.trim()) ?? []
  const factor = units[unit]
  return factor && Number(amount) > 0 ? Number(amount) * factor : null
}
