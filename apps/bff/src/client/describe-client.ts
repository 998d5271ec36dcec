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

/** What people recognise their own devices by. */
export function describeClient({ address }: ClientInfo): ClientDescription {
  return { device: '', address, place: null }
}
