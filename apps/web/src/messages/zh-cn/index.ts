import { console } from './console'
import { start } from './start'

/** The reference: every other language has exactly these messages. */
export const zhCn = { ...start, ...console } as const
