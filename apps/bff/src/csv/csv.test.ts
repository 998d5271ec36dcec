import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCsv, readCsv } from './csv-reader'
import { writeCsv } from './csv-writer'

async function write(header: string[], ...rows: string[][]): Promise<string> {
  async function* chunks() {
    yield rows
  }
  return writeCsv(header, chunks())
}

async function cellsOf(text: string): Promise<string[][]> {
  return (await readCsv(text, 1000)).records.map((record) => record.cells)
}

describe('writing', () => {
  it('marks the encoding, ends lines as Excel does, and quotes what needs it', async () => {
    expect(await write(['a', 'b'], ['1,5', 'say "hi"'], ['two\nlines', ''])).toBe(
      '\uFEFFa,b\r\n"1,5","say ""hi"""\r\n"two\nlines",\r\n',
    )
  })

  it.each(['=1+1', '+86', '-1', '@SUM(A1)', '\tx', '＝1'])('disarms %j', async (cell) => {
    expect(await write(['a'], [cell])).toContain(`'${cell}`)
  })

  it('and reading give back exactly the same cells, whatever they are', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', ',', ';', '"', '\n', '张') }),
    )
    const row = fc.tuple(cell, cell)
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        // Files know no lone carriage return; the reader makes every line break the same.
        const sent = rows.map((cells) => cells.map((text) => text.replace(/\r\n?/g, '\n')))
        expect(await cellsOf((await write(['a', 'b'], ...sent)).slice(1))).toEqual([['a', 'b'], ...sent])
      }),
    )
  })
})

describe('reading', () => {
  it.each([
    [',', 'a,b\n1;x,2\n'],
    [';', 'a;b\n1,x;2\n'],
    ['tab', 'a\tb\n1,x\t2\n'],
  ])('finds out that cells end with %s', async (_name, text) => {
    const [header, row] = await cellsOf(text)
    expect(header).toEqual(['a', 'b'])
    expect(row?.[1]).toBe('2')
  })

  it('knows each record’s first line, behind blank lines and cells of several lines', async () => {
    const { records } = await readCsv('a,b\r\n\r\n1,"x\r\ny"\r\n\r\n2,z\n3\r"4\n\n",q\n5,', 10)
    expect(records.map((record) => record.line)).toEqual([1, 3, 6, 7, 8, 11])
  })

  it.each([
    ['never closes', 'a,b\n1,2\n"3,4\n5,6'],
    ['opens inside', 'a,b\n1,2\n3"x",4\n'],
    ['closes inside', 'a,b\n1,2\n"3"x,4\n'],
  ])('says where a quote %s', async (_name, text) => {
    expect((await readCsv(text, 10)).brokenAt).toBeGreaterThanOrEqual(3)
  })

  it('stops at the number of records that it was told', async () => {
    const file = 'a\n'.repeat(30_000)
    expect(await readCsv(file, 10)).toMatchObject({ tooMany: true, brokenAt: null, records: { length: 10 } })
    expect(await readCsv(file, 30_000)).toMatchObject({ tooMany: false, records: { length: 30_000 } })
  })

  it('gives up on a cell of a megabyte', async () => {
    expect((await readCsv(`a,b\n"${'x\n'.repeat(500_000)}",1\n`, 10)).brokenAt).not.toBeNull()
  })
})

describe('encodings', () => {
  it('are UTF-8 with and without a mark, and GBK', () => {
    const bytes = Buffer.from('姓名,张三')
    expect(decodeCsv(bytes)).toEqual({ text: '姓名,张三', encoding: 'utf-8' })
    expect(decodeCsv(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))).toEqual({
      text: '姓名,张三',
      encoding: 'utf-8',
    })
    // 姓名,张三 as Excel on a Chinese Windows saves it.
    const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd])
    expect(decodeCsv(gbk)).toEqual({ text: '姓名,张三', encoding: 'gb18030' })
  })

  it('are not those of a picture or of UTF-16', () => {
    expect(decodeCsv(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0xff]))).toBeNull()
    expect(decodeCsv(Buffer.from('\uFEFF姓名', 'utf16le'))).toBeNull()
  })
})
