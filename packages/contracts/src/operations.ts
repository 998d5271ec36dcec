import * as z from 'zod/mini'
import { loginInput, loginResult, refreshInput, tokenPair, wechatLoginInput, wxProgramLoginInput } from './auth'
import {
  booking,
  cancelBookingInput,
  createBookingInput,
  idempotencyHeaders,
  listBookingsQuery,
  updateBookingInput,
} from './bookings'
import { id, listOf } from './common'
import { clientConfig, dictionaries } from './dictionaries'
import type { ErrorCode } from './errors'
import { listNotificationsQuery, notification } from './notifications'
import type { Permission } from './permissions'
import { availabilityQuery, room, roomAvailability } from './rooms'
import { reportSubscriptionsInput, subscription } from './subscriptions'
import { notificationTemplate, templateCode, templateInput } from './templates'
import { listUsersQuery, me, userSummary } from './users'
import { bindWechatInput, wechatBinding } from './wechat-binding'

export const apiPrefix = '/api/v1'

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string
  tag: string
  summary: string
  /** Who may call it at all; what they may do with one object is the feature's policy. */
  access: 'public' | 'signed-in' | Permission
  params?: z.core.$ZodType
  query?: z.core.$ZodType
  headers?: z.core.$ZodType
  body?: z.core.$ZodType
  status: 200 | 201 | 204
  response?: z.core.$ZodType
  /** Beyond those every operation can answer. */
  errors: readonly ErrorCode[]
}

const byId = z.object({ id })
const byCode = z.object({ code: templateCode })

/**
 * Every call of the API, once: the server routes and validates by this list, the OpenAPI document is made from it,
 * and both clients are typed by it.
 */
export const operations = {
  login: {
    method: 'POST',
    path: '/auth/login',
    tag: 'auth',
    summary: 'Log in with username and password; a wx.login code binds the WeChat user as well',
    access: 'public',
    body: loginInput,
    status: 200,
    response: loginResult,
    errors: ['CREDENTIALS_INVALID', 'ACCOUNT_DISABLED'],
  },
  loginWxProgram: {
    method: 'POST',
    path: '/auth/wx-program/login',
    tag: 'auth',
    summary: 'Log in from the mini program with username, password and a wx.login code',
    access: 'public',
    body: wxProgramLoginInput,
    status: 200,
    response: loginResult,
    errors: ['CREDENTIALS_INVALID', 'ACCOUNT_DISABLED'],
  },
  loginWechat: {
    method: 'POST',
    path: '/auth/wechat/login',
    tag: 'auth',
    summary: 'Log in with a wx.login code alone, for a WeChat user already bound',
    access: 'public',
    body: wechatLoginInput,
    status: 200,
    response: loginResult,
    errors: ['WECHAT_NOT_BOUND', 'WECHAT_CODE_INVALID', 'WECHAT_UNAVAILABLE', 'ACCOUNT_DISABLED', 'FORBIDDEN'],
  },
  refresh: {
    method: 'POST',
    path: '/auth/refresh',
    tag: 'auth',
    summary: 'Exchange the refresh token for a new pair; the old pair is dead afterwards',
    access: 'public',
    body: refreshInput,
    status: 200,
    response: tokenPair,
    errors: ['TOKEN_INVALID'],
  },
  logout: {
    method: 'POST',
    path: '/auth/logout',
    tag: 'auth',
    summary: 'End this session: both tokens are dead at once',
    access: 'signed-in',
    status: 204,
    errors: [],
  },
  bindWechat: {
    method: 'POST',
    path: '/me/wechat',
    tag: 'me',
    summary: 'Bind the WeChat user behind a wx.login code to the signed-in account',
    access: 'signed-in',
    body: bindWechatInput,
    status: 200,
    response: wechatBinding,
    errors: [],
  },
  getMe: {
    method: 'GET',
    path: '/me',
    tag: 'me',
    summary: 'Who is signed in, what they may do, and whether WeChat reaches them',
    access: 'signed-in',
    status: 200,
    response: me,
    errors: [],
  },
  listSubscriptions: {
    method: 'GET',
    path: '/me/subscriptions',
    tag: 'me',
    summary: 'The templates to ask for, with what is left of each',
    access: 'signed-in',
    status: 200,
    response: listOf(subscription),
    errors: [],
  },
  reportSubscriptions: {
    method: 'POST',
    path: '/me/subscriptions',
    tag: 'me',
    summary: 'Report what wx.requestSubscribeMessage answered',
    access: 'signed-in',
    body: reportSubscriptionsInput,
    status: 200,
    response: listOf(subscription),
    errors: [],
  },
  getClientConfig: {
    method: 'GET',
    path: '/client-config',
    tag: 'reference',
    summary: 'What a client needs before anybody has logged in',
    access: 'public',
    status: 200,
    response: clientConfig,
    errors: [],
  },
  getDictionaries: {
    method: 'GET',
    path: '/dictionaries',
    tag: 'reference',
    summary: 'The dictionary map that clients load after login',
    access: 'signed-in',
    status: 200,
    response: dictionaries,
    errors: [],
  },
  listRooms: {
    method: 'GET',
    path: '/rooms',
    tag: 'rooms',
    summary: 'All rooms',
    access: 'room:read',
    status: 200,
    response: listOf(room),
    errors: [],
  },
  getAvailability: {
    method: 'GET',
    path: '/rooms/availability',
    tag: 'rooms',
    summary: 'When each room is taken between two instants',
    access: 'room:read',
    query: availabilityQuery,
    status: 200,
    response: listOf(roomAvailability),
    errors: [],
  },
  createBooking: {
    method: 'POST',
    path: '/bookings',
    tag: 'bookings',
    summary: 'Book a room; everybody invited is told through WeChat',
    access: 'booking:create',
    headers: idempotencyHeaders,
    body: createBookingInput,
    status: 201,
    response: booking,
    errors: ['BOOKING_CONFLICT', 'ROOM_CLOSED', 'IDEMPOTENCY_KEY_REUSED'],
  },
  listBookings: {
    method: 'GET',
    path: '/bookings',
    tag: 'bookings',
    summary: 'Bookings that touch the time between two instants',
    access: 'booking:read',
    query: listBookingsQuery,
    status: 200,
    response: listOf(booking),
    errors: [],
  },
  getBooking: {
    method: 'GET',
    path: '/bookings/:id',
    tag: 'bookings',
    summary: 'One booking, with what became of its messages',
    access: 'booking:read',
    params: byId,
    status: 200,
    response: booking,
    errors: ['NOT_FOUND'],
  },
  updateBooking: {
    method: 'PATCH',
    path: '/bookings/:id',
    tag: 'bookings',
    summary: 'Change a booking: time, room, title, note, attendees',
    access: 'booking:create',
    params: byId,
    body: updateBookingInput,
    status: 200,
    response: booking,
    errors: [
      'NOT_FOUND',
      'FORBIDDEN',
      'BOOKING_CONFLICT',
      'BOOKING_NOT_ACTIVE',
      'BOOKING_ALREADY_OVER',
      'VERSION_CONFLICT',
      'ROOM_CLOSED',
    ],
  },
  cancelBooking: {
    method: 'DELETE',
    path: '/bookings/:id',
    tag: 'bookings',
    summary: 'Cancel a booking with a reason; the room is free at once, the booking stays readable',
    access: 'booking:create',
    params: byId,
    query: cancelBookingInput,
    body: cancelBookingInput,
    status: 200,
    response: booking,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'BOOKING_NOT_ACTIVE', 'BOOKING_ALREADY_OVER'],
  },
  listUsers: {
    method: 'GET',
    path: '/users',
    tag: 'users',
    summary: 'Colleagues to invite',
    access: 'user:read',
    query: listUsersQuery,
    status: 200,
    response: listOf(userSummary),
    errors: [],
  },
  listNotifications: {
    method: 'GET',
    path: '/notifications',
    tag: 'notifications',
    summary: 'Every message with what became of it, newest first',
    access: 'notification:read',
    query: listNotificationsQuery,
    status: 200,
    response: listOf(notification),
    errors: [],
  },
  resendNotification: {
    method: 'POST',
    path: '/notifications/:id/resend',
    tag: 'notifications',
    summary: 'Send a message again',
    access: 'notification:resend',
    params: byId,
    status: 200,
    response: notification,
    errors: ['NOT_FOUND', 'NOTIFICATION_IN_PROGRESS'],
  },
  getTemplate: {
    method: 'GET',
    path: '/notification-templates/:code',
    tag: 'templates',
    summary: 'How an event fills a WeChat template',
    access: 'template:read',
    params: byCode,
    status: 200,
    response: notificationTemplate,
    errors: ['NOT_FOUND'],
  },
  putTemplate: {
    method: 'PUT',
    path: '/notification-templates/:code',
    tag: 'templates',
    summary: 'Set how an event fills a WeChat template',
    access: 'template:update',
    params: byCode,
    body: templateInput,
    status: 200,
    response: notificationTemplate,
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof operations

type Ops = typeof operations
type In<S> = S extends z.core.$ZodType ? z.input<S> : never
type Out<S> = S extends z.core.$ZodType ? z.output<S> : never
/** A query is given as the values it means (`roomIds: string[]`), each of them optional where a default stands in. */
type QueryIn<S> = S extends z.core.$ZodType
  ? { [K in keyof z.input<S> as undefined extends z.input<S>[K] ? never : K]: Out<S>[K & keyof Out<S>] } & {
      [K in keyof z.input<S> as undefined extends z.input<S>[K] ? K : never]?: Out<S>[K & keyof Out<S>] | undefined
    }
  : never

/** What a client gives to call an operation. */
export type OperationRequest<K extends OperationId> = {
  [P in 'params' | 'body' | 'headers' as Ops[K] extends Record<P, z.core.$ZodType> ? P : never]: Ops[K] extends Record<
    P,
    infer S
  >
    ? In<S>
    : never
} & (Ops[K] extends { query: infer S } ? { query: QueryIn<S> } : unknown)

/** What a successful call answers. */
export type OperationResponse<K extends OperationId> = Ops[K] extends { response: infer S } ? Out<S> : void
