import { booking } from './booking'
import { common } from './common'
import { people } from './people'
import * as server from './server'

/** The product speaks Chinese first; every other language has exactly these keys. */
export const zhCN = { ...server, ...common, ...people, ...booking } as const
