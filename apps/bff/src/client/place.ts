import { isIPv4 } from 'node:net'
import { defaultDbFile, loadContentFromFile, newWithBuffer } from 'ip2region-ts'

type Searcher = ReturnType<typeof newWithBuffer>

/** Eleven megabytes, read when the first address is looked up and kept: nothing is asked of the network. */
let searcher: Searcher | null = null

/**
 * Where an IPv4 address is registered, in Chinese, such as `中国 江苏省 南京市`; null for addresses of private networks
 * and for those nobody knows. The table has no IPv6.
 */
export async function placeOf(address: string): Promise<string | null> {
  if (!isIPv4(address)) return null
  searcher ??= newWithBuffer(loadContentFromFile(defaultDbFile))
  const { region } = await searcher.search(address)
  // Country, area, province, city, network; `0` for unknown.
  const [country = '0', , province = '0', city = '0'] = region?.split('|') ?? []
  if (country === '0') return null
  // 北京 北京市 is one place.
  const parts = [country, city.startsWith(province) ? '0' : province, city]
  return parts.filter((part) => part !== '0' && part !== '').join(' ')
}
