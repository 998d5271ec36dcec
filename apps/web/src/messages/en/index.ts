import { console } from './console'
import { start } from './start'

export const en = { ...start, ...console }
