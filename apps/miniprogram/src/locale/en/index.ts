import type { Messages } from '@/lib/i18n'
import { booking } from './booking'
import { common } from './common'
import { people } from './people'
import { server } from './server'

export const en = { ...server, ...common, ...people, ...booking } satisfies Messages
