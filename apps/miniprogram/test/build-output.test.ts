import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const dist = (name: string) => resolve(import.meta.dirname, '..', name)
const miniProgram = dist('dist/build/mp-weixin')
const h5 = dist('dist/build/h5')
const demo = dist('dist-demo/h5')

/** Path inside the output → bytes and text. */
function filesOf(folder: string) {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: run "build" and "build:demo" first`)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => ({ name: relative(folder, file), bytes: statSync(file).size, text: readFileSync(file, 'utf8') }))
}

/** Every address in the output's text, once. */
function addresses(files: ReturnType<typeof filesOf>): string[] {
  return [...new Set(files.flatMap(({ text }) => text.match(/(?:https?|wss?):\/\/[\w.-]+/g) ?? []))].sort()
}

/** Names of XML languages and addresses in error messages: never requested. */
const neverRequested = new Set(['http://www.w3.org', 'https://vuejs.org', 'https://uniapp.dcloud.net.cn'])
/** uni-app's advertising component asks these; no page of ours has one, and the browser tests watch the network. */
const adsOnly = new Set(['https://has1.dcloud.net.cn', 'https://hac1.dcloud.net.cn'])

describe('the mini program', () => {
  const files = filesOf(miniProgram)
  const code = files.filter(({ name }) => name.endsWith('.js'))

  it('is far from the 2 MB that WeChat allows', () => {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(total).toBeGreaterThan(50_000)
    expect(total).toBeLessThan(700_000)
  })

  it('holds every page, among them the one that cards open', () => {
    const { pages } = JSON.parse(files.find(({ name }) => name === 'app.json')?.text ?? '') as { pages: string[] }
    expect(pages).toContain('pages/booking-detail/booking-detail')
    const names = new Set(files.map(({ name }) => name))
    for (const page of pages)
      for (const kind of ['js', 'json', 'wxml']) expect(names, `${page}.${kind}`).toContain(`${page}.${kind}`)
  })

  it('calls nobody home', () => {
    const vendor = files.find(({ name }) => name === 'common/vendor.js')
    expect(vendor?.text.length).toBeGreaterThan(10_000)
    for (const { name, text } of code) expect(text, name).not.toContain('preloadAssets(')
    // The API's own origin is the only one left.
    const api = new URL(process.env.VITE_API_BASE ?? 'http://127.0.0.1:3000')
    expect(addresses(files).filter((address) => !neverRequested.has(address))).toEqual([
      `${api.protocol}//${api.hostname}`,
    ])
    for (const { name, text } of files) expect(text, name).not.toMatch(/alicdn|gtimg|googleapis|unpkg|jsdelivr/)
  })

  it('makes no code from text, which WeChat forbids', () => {
    for (const { name, text } of code) {
      // Looking for the global object with a constant is what polyfills do; WeChat answers that one.
      const made = text.replace(/(?:new )?Function\((['"`])return this\1\)/g, '')
      expect(made, name).not.toMatch(/\bnew Function\b/)
      expect(made, name).not.toMatch(/\beval\(/)
    }
  })

  it('has no sandbox in it', () => {
    for (const { name, text } of files) expect(text, name).not.toMatch(/__sandbox|沙箱|SandboxPhone/)
  })

  it('keeps out what a mini program’s style sheets cannot say', () => {
    for (const { name, text } of files.filter((file) => file.name.endsWith('.wxss')))
      expect(text, name).not.toMatch(/(^|[},\s])\*\s*[,{]|:has\(|:is\(|&/)
  })
})

describe('H5 in production', () => {
  const files = filesOf(h5)

  it('has no sandbox in it', () => {
    for (const { name, text } of files) expect(`${name} ${text}`).not.toMatch(/__sandbox|沙箱|SandboxPhone/)
  })

  it('asks no foreign host for anything', () => {
    const left = addresses(files).filter((address) => !neverRequested.has(address) && !adsOnly.has(address))
    expect(left).toEqual([])
    for (const { name, text } of files.filter((file) => file.name.endsWith('.css')))
      expect(text, name).not.toMatch(/url\((['"]?)(?:https?:)?\/\//)
  })

  it('finds its files under /m/', () => {
    const page = files.find(({ name }) => name === 'index.html')?.text ?? ''
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    const own = links.filter((link) => !link.startsWith('data:'))
    expect(own.length).toBeGreaterThan(1)
    for (const link of own) {
      expect(link).toMatch(/^\/m\//)
      expect(existsSync(join(h5, link.slice('/m/'.length))), link).toBe(true)
    }
  })
})

describe('H5 of the demo', () => {
  it('has the sandbox in it, so that the tests above can see the difference', () => {
    const text = filesOf(demo)
      .map((file) => file.text)
      .join('\n')
    expect(text).toContain('/__sandbox')
    expect(text).toContain('沙箱手机')
  })
})
