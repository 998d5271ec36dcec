/** WeChat's numbers that staff meet, and the name of the sentence that explains each. */
const names = {
  [-1]: 'systemBusy',
  40001: 'invalidToken',
  40003: 'invalidOpenid',
  40013: 'invalidAppid',
  40014: 'invalidToken',
  40037: 'invalidTemplate',
  40125: 'invalidSecret',
  40164: 'ipNotAllowed',
  41030: 'invalidPage',
  42001: 'invalidToken',
  43101: 'refused',
  43107: 'capabilityBanned',
  43108: 'concurrentCalls',
  45009: 'dailyQuota',
  45011: 'minuteQuota',
  45168: 'blockedWord',
  47003: 'invalidData',
  48001: 'unauthorized',
  48004: 'forbidden',
  50002: 'userLimited',
} as const

export type ErrcodeName = (typeof names)[keyof typeof names]

const byCode: Readonly<Record<number, ErrcodeName | undefined>> = names

/** The name of the sentence for a number of WeChat's; `undefined` for numbers without one. */
export function errcodeName(errcode: number): ErrcodeName | undefined {
  return byCode[errcode]
}
