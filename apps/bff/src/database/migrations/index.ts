import type { QueryInterface } from 'sequelize'
import * as peopleAndSessions from './0001-people-and-sessions'
import * as roomsAndBookings from './0002-rooms-and-bookings'
import * as notifications from './0003-notifications'
import * as wechatTokens from './0004-wechat-tokens'
import * as rolesAndHistory from './0005-roles-and-history'

export interface Migration {
  up(schema: QueryInterface): Promise<void>
  down(schema: QueryInterface): Promise<void>
}

/** In order. A name that has been released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-people-and-sessions': peopleAndSessions,
  '0002-rooms-and-bookings': roomsAndBookings,
  '0003-notifications': notifications,
  '0004-wechat-tokens': wechatTokens,
  '0005-roles-and-history': rolesAndHistory,
}
