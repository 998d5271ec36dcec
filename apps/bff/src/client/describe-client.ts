import Bowser from 'bowser'
import { placeOf } from './place'

/** Where a request came from. */
export interface ClientInfo {
  /** IP address, IPv4 in its own form. */
  address: string
  userAgent: string
}

export interface ClientDescription {
  /** Browser and system in words, such as `Chrome 130 · Windows`; empty when nothing is known. */
  device: string
  address: string
  /** Where the address is registered; null when unknown. */
  place: string | null
}

/** What people recognise their own devices by. Both come from outside and may be anything. */
export async function describeClient({ address, userAgent }: ClientInfo): Promise<ClientDescription> {
  return { device: deviceOf(userAgent), address, place: await placeOf(address) }
}

const longestUserAgent = 512
const longestDevice = 120

function deviceOf(userAgent: string): string {
  const text = userAgent.slice(0, longestUserAgent)
  // The library refuses an empty one.
  if (text.trim() === '') return ''
  const { browser, os } = Bowser.parse(text)
  const [major = '', minor = ''] = (browser.version ?? '').split('.')
  // WeChat's first number has not changed for years; browsers count only by theirs.
  const version = browser.name === 'WeChat' && minor ? `${major}.${minor}` : major
  const program = [browser.name, version].filter(Boolean).join(' ')
  return [program, os.name].filter(Boolean).join(' · ').slice(0, longestDevice)
}
