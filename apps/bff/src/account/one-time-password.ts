import { createHmac, randomBytes } from 'node:crypto'

/** Without letters and figures that look like others, because people read it out and copy it from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 3
const groupLength = 5
const validHours = 72
/** Of an import: a list of many people is not handed over in three days. */
const importedValidHours = 14 * 24

/** 15 of 31 signs: 74 bits. */
export function newOneTimePassword(): string {
  return inSigns(randomBytes(32))
}

/** One that can be made again by whoever has the key, so that nobody has to keep it. */
export function derivedOneTimePassword(key: string, userId: string): string {
  return inSigns(createHmac('sha256', key).update(userId).digest())
}

/** @param random 256 bits, so many more than needed that every sign is as likely as the others */
function inSigns(random: Buffer): string {
  let rest = BigInt(`0x${random.toString('hex')}`)
  const base = BigInt(alphabet.length)
  const sign = () => {
    const index = Number(rest % base)
    rest /= base
    return alphabet.charAt(index)
  }
  const group = () => Array.from({ length: groupLength }, sign).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Until when a password is good that somebody else gave. */
export function givenPasswordEnd(now: Date): Date {
  return new Date(now.getTime() + validHours * 3_600_000)
}

export function importedPasswordEnd(now: Date): Date {
  return new Date(now.getTime() + importedValidHours * 3_600_000)
}
