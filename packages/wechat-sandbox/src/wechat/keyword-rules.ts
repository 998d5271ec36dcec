import { isDate, isTime } from './keyword-time'

const controlCharacter = /[\p{Cc}\u2028\u2029]/u
const chinese = /\p{Script=Han}/u
const symbol = '\\p{P}\\p{S}'

type Rule = (value: string) => boolean

/** Lengths count UTF-16 units, the safe reading of "characters". */
const rules: Readonly<Record<string, Rule>> = {
  thing: (value) => value.length <= 20,
  number: (value) => /^\d+(\.\d+)?$/.test(value) && value.replace('.', '').length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => value.length <= 5 && matches(`^[${symbol}]+$`, value),
  character_string: (value) => value.length <= 32 && matches(`^[\\dA-Za-z ${symbol}]+$`, value),
  time: isTime,
  date: isDate,
  amount: (value) => /^\p{Sc}\d{1,10}(\.\d+)?元?$/u.test(value),
  phone_number: (value) => value.length <= 17 && /\d/.test(value) && matches(`^[\\d ${symbol}]+$`, value),
  car_number: (value) =>
    value.length <= 8 && /^[\p{Script=Han}A-Za-z\d][A-Za-z\d]*[\p{Script=Han}A-Za-z\d]$/u.test(value),
  name: (value) =>
    value.length <= (chinese.test(value) ? 10 : 20) && matches(`^[\\p{Script=Han}A-Za-z ${symbol}]+$`, value),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
}

/**
 * Whether a value obeys the rule of its keyword, whose name is the type and a number (`thing4`). Types the platform's
 * table does not list are only kept free of control characters.
 * @param allowed the values of an `enum` keyword, when they are known
 */
export function keywordValueIsValid(keyword: string, value: string, allowed?: readonly string[]): boolean {
  if (controlCharacter.test(value)) return false
  if (allowed) return allowed.includes(value)
  const type = keyword.replace(/\d+$/, '')
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined
  return rule ? rule(value) : true
}

function matches(pattern: string, value: string): boolean {
  return new RegExp(pattern, 'u').test(value)
}
