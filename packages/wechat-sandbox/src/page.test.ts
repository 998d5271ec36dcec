import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sandboxForTest } from './testing'
import { knownErrcodes } from './wechat/errors'

const folder = fileURLToPath(new URL('../public/', import.meta.url))
const mapShape = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]))

async function messages(language: 'zh' | 'en') {
  const module: unknown = await import(new URL(`../public/messages.${language}.js`, import.meta.url).href)
  return mapShape.parse(z.object({ [language]: mapShape }).parse(module)[language])
}

describe('the page', () => {
  it('is served at / with a policy that lets nothing in from elsewhere', async () => {
    const { url } = await sandboxForTest()
    const page = await request(url).get('/')
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
    expect(page.text).toContain('<html lang="zh-CN">')
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await request(url).get(`/${path}`)).headers['content-type']).toMatch(/javascript|css|svg/)
  })

  it('asks no other host for anything', () => {
    for (const file of readdirSync(folder)) {
      const text = readFileSync(folder + file, 'utf8').replaceAll('http://www.w3.org/2000/svg', '')
      expect({ file, hosts: text.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z]+/gi) }).toEqual({ file, hosts: null })
    }
  })

  it('is not counted among the calls', async () => {
    const { url, read } = await sandboxForTest()
    await request(url).get('/')
    await request(url).get('/app.js')
    expect(await read('/calls')).toEqual({ items: [], total: 0 })
  })

  it('says everything in both languages, with the same names to fill in', async () => {
    const [zh, en] = [await messages('zh'), await messages('en')]
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    for (const [key, text] of Object.entries(zh)) {
      const other = en[key]
      if (typeof text === 'string' && typeof other === 'string') {
        const names = (value: string) => (value.match(/\{\w+\}/g) ?? []).sort()
        expect({ key, names: names(other) }).toEqual({ key, names: names(text) })
        expect(other.trim()).not.toBe('')
      } else expect(Object.keys(other ?? {})).toEqual(Object.keys(text))
    }
  })

  it('has words for every errcode it offers', async () => {
    for (const language of ['zh', 'en'] as const) {
      const { errcodes } = await messages(language)
      expect(new Set(Object.keys(errcodes ?? {}))).toEqual(new Set(knownErrcodes.map(String)))
    }
  })
})
