import { describe, expect, it } from 'vitest'
import { describeClient } from './describe-client'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('a device in words', () => {
  it.each([
    ['Chrome 130 · Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/130.0.0.0 Safari/537.36`],
    [
      'Safari 17 · macOS',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1',
    ],
    ['Firefox 131 · Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0'],
    [
      'WeChat 8.0 · iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49(0x1800312d) NetType/WIFI Language/zh_CN',
    ],
    [
      'WeChat 8.0 · Android',
      `Mozilla/5.0 (Linux; Android 14; 2211133C; wv) ${webkit} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x28003133) Language/zh_CN MiniProgramEnv/android`,
    ],
    ['Chrome 114 · HarmonyOS', `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${webkit} Chrome/114.0.0.0 Safari/537.36 Mobile`],
    ['', 'curl/8.5.0'],
    ['', ''],
    ['', '   '],
  ])('is “%s”', async (device, userAgent) => {
    expect((await describeClient({ address: '', userAgent })).device).toBe(device)
  })

  it.each(['a', 'Mozilla/5.0 (', 'MicroMessenger/', 'Chrome/1', '1.', ' ', '\0', '💥', 'Android '])(
    'comes from ten thousand letters of %j without trouble, and fits its column',
    async (part) => {
      const userAgent = part.repeat(10_000 / part.length)
      const { device, place } = await describeClient({ address: userAgent, userAgent })
      expect(device.length).toBeLessThanOrEqual(120)
      expect(place).toBeNull()
    },
  )
})

describe('a place', () => {
  it.each([
    ['202.96.134.133', '中国 广东省 深圳市'],
    ['61.135.169.125', '中国 北京市'],
    ['8.8.8.8', '美国'],
    ['10.1.2.3', null],
    ['192.168.1.1', null],
    ['127.0.0.1', null],
    ['169.254.1.1', null],
    ['::1', null],
    ['2001:4860:4860::8888', null],
    ['999.1.1.1', null],
    ['', null],
  ])('of %s is %s', async (address, place) => {
    expect((await describeClient({ address, userAgent: '' })).place).toBe(place)
  })
})
