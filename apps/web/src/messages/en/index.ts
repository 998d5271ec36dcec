import { app } from './app'
import { booking } from './booking'
import { errors } from './errors'
import { notifications } from './notifications'
import { session } from './session'
import { templates } from './templates'
import { words } from './words'

export const en = { ...app, ...session, ...booking, ...notifications, ...templates, ...words, ...errors }
