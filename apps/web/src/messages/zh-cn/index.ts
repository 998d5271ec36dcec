import { app } from './app'
import { booking } from './booking'
import { errors } from './errors'
import { history } from './history'
import { imports } from './imports'
import { list } from './list'
import { notifications } from './notifications'
import { organization } from './organization'
import { people } from './people'
import { profile } from './profile'
import { session } from './session'
import { templates } from './templates'
import { words } from './words'

/** The reference, by area: every other language has exactly these messages. */
export const zhCn = {
  ...app,
  ...session,
  ...profile,
  ...booking,
  ...list,
  ...history,
  ...people,
  ...organization,
  ...imports,
  ...notifications,
  ...templates,
  ...words,
  ...errors,
} as const
