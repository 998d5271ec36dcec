import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '../../src/paths'
import { complaintsOfWechat } from '../../src/wechat-compilers'

describe('the compiled mini program under the compilers of WeChat', () => {
  let copy: string
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'huiyue-mp-'))
    cpSync(paths.miniProgram, copy, { recursive: true })
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  test('every template and every sheet is taken', () => {
    expect(complaintsOfWechat(paths.miniProgram)).toEqual([])
  })

  test('a template or a sheet that WeChat refuses is found', () => {
    writeFileSync(join(copy, 'broken.wxml'), '<view><text>{{ 1 + }}</text>')
    expect(complaintsOfWechat(copy).join()).toContain('broken.wxml')
    rmSync(join(copy, 'broken.wxml'))
    writeFileSync(join(copy, 'broken.wxss'), '* { color: red }')
    expect(complaintsOfWechat(copy).join()).toContain('broken.wxss')
  })
})
