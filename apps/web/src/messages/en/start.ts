import { app } from './app'
import { errors } from './errors'
import { session } from './session'

/** What the login page needs. */
export const start = { ...app, ...session, ...errors }
