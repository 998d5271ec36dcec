import { maxImportBytes } from '@huiyue/contracts'
import { expect, it } from 'vitest'
import { base64Of, faultOfFile, templateOf } from './import-file'

it('a template is the header that an import asks for, in the person’s language', () => {
  expect(templateOf('users', 'zh-CN')).toBe('用户名,姓名,手机,邮箱,部门,语言,时区,状态\r\n')
  expect(templateOf('departments', 'en')).toBe('department,sort\r\n')
})

it('a file travels byte by byte, whatever its encoding', async () => {
  const gbk = new Uint8Array([0xd3, 0xc3, 0xbb, 0xa7, 0x0d, 0x0a, 0x00, 0xff])
  expect(await base64Of(new Blob([gbk]))).toBe(btoa(String.fromCharCode(...gbk)))
})

it('what cannot be an import is told before it is sent', () => {
  expect(faultOfFile({ name: '花名册.XLSX', size: 10 })).toBe('spreadsheet')
  expect(faultOfFile({ name: 'a.csv', size: 0 })).toBe('emptyFile')
  expect(faultOfFile({ name: 'a.csv', size: maxImportBytes + 1 })).toBe('tooLarge')
  expect(faultOfFile({ name: 'a.csv', size: maxImportBytes })).toBeNull()
})
