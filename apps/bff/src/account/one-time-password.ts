import { randomInt } from 'node:crypto'

/** Without letters and figures that look like others, because people read it out and copy it from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 3
const groupLength = 5
const validHours = 72

/** 15 of 31 signs: 74 bits. */
export function newOneTimePassword(): string {
  const sign = () => alphabet.charAt(randomInt(alphabet.length))
  const group = () => Array.from({ length: groupLength }, sign).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Until when a password is good that somebody else gave. */
export function givenPasswordEnd(now: Date): Date {
  return new Date(now.getTime() + validHours * 3_600_000)
}
