import { booking } from './booking'
import { history } from './history'
import { imports } from './imports'
import { list } from './list'
import { notifications } from './notifications'
import { organization } from './organization'
import { people } from './people'
import { profile } from './profile'
import { templates } from './templates'
import { words } from './words'

/** What is first needed behind the login page. */
export const console = {
  ...booking,
  ...history,
  ...imports,
  ...list,
  ...notifications,
  ...organization,
  ...people,
  ...profile,
  ...templates,
  ...words,
}
