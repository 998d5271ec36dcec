/** Text in GBK, as Excel in China writes CSV files; the platform only knows how to read it. */
export function gbk(text: string): Buffer {
  return Buffer.concat([...text].map((char) => bytesOf.get(char) ?? Buffer.from(char, 'ascii')))
}

const bytesOf = new Map<string, Buffer>()
const decoder = new TextDecoder('gbk')
for (let lead = 0x81; lead <= 0xfe; lead++)
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const bytes = Buffer.from([lead, trail])
    bytesOf.set(decoder.decode(bytes), bytes)
  }
