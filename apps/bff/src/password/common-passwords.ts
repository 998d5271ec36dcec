import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { passwordLength } from '@huiyue/contracts'
import { z } from 'zod'
import { wellKnownDemoPassword } from '../config/demo-password'

/** What Chinese users choose first and an English list does not have. */
const chinese =
  'woaini1314 woaini520 woaini521 woaini123 aini1314 aini5201314 5201314a a5201314 52013145 5201314520 1314520520 ' +
  'qq123456 qq123123 123456qq 123456aa aa123456 aaa123456 as123456 asd123456 wo123456 wang1234 li123456 zhang123 ' +
  'a123456789 123456789a a12345678 z123456789 q123456789 w123456789 1234567a abc12345 abcd1234 woaiwojia wodemima ' +
  'mima1234 mima123456 nihao123 nihaoma123 zhongguo china123 beijing2008 qwe123456 qwer1234 zxc123456 1qaz2wsx3edc ' +
  '147258369 159357456 1472583690 789456123 123698745 11223344 12344321 12341234 00000000 88888888 66666666 ' +
  '99999999 admin123 admin888 admin@123 admin123456 huiyue123 huiyue2026 password1 p@ssw0rd passw0rd 会议室预约'

let known: ReadonlySet<string> | null = null

/** Whether this is one of the passwords that are tried first (about 18,000 from public leaks, and some of our own). */
export function isCommonPassword(password: string): boolean {
  known ??= new Set([...fromLeaks(), ...chinese.split(' '), wellKnownDemoPassword].map(fold))
  return known.has(fold(password))
}

function fromLeaks(): string[] {
  const file = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json')
  const words = z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  return words.filter((word) => [...word].length >= passwordLength.min)
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
