import type { DependencyContainer } from 'tsyringe'
import { BookingController } from '../booking/booking.controller'
import { BookingRules } from '../booking/booking.rules'
import { NotificationController } from '../notification/notification.controller'
import { ReferenceController } from '../reference/reference.controller'
import { RoomController } from '../room/room.controller'
import { AuthController } from '../session/auth.controller'
import { SubscriptionController } from '../subscription/subscription.controller'
import { TemplateController } from '../template/template.controller'
import { UserController } from '../user/user.controller'
import type { DraftChecks, Handlers } from './router'

/** The whole API on one screen; paths, access and shapes are in the contract's `operations`. */
export function createHandlers(container: DependencyContainer): Handlers {
  const auth = container.resolve(AuthController)
  const users = container.resolve(UserController)
  const reference = container.resolve(ReferenceController)
  const rooms = container.resolve(RoomController)
  const bookings = container.resolve(BookingController)
  const notifications = container.resolve(NotificationController)
  const templates = container.resolve(TemplateController)
  const subscriptions = container.resolve(SubscriptionController)
  return {
    login: (call) => auth.login(call),
    loginWxProgram: (call) => auth.login(call),
    loginWechat: (call) => auth.loginWechat(call),
    refresh: (call) => auth.refresh(call),
    logout: (call) => auth.logout(call),
    getMe: (call) => users.me(call),
    bindWechat: (call) => users.bindWechat(call),
    listSubscriptions: (call) => subscriptions.list(call),
    reportSubscriptions: (call) => subscriptions.report(call),
    getClientConfig: () => reference.clientConfig(),
    getDictionaries: () => reference.dictionaries(),
    listRooms: () => rooms.list(),
    getAvailability: (call) => rooms.availability(call),
    createBooking: (call) => bookings.create(call),
    listBookings: (call) => bookings.list(call),
    getBooking: (call) => bookings.get(call),
    updateBooking: (call) => bookings.update(call),
    cancelBooking: (call) => bookings.cancel(call),
    listUsers: (call) => users.list(call),
    listNotifications: (call) => notifications.list(call),
    resendNotification: (call) => notifications.resend(call),
    getTemplate: (call) => templates.get(call),
    putTemplate: (call) => templates.put(call),
  }
}

/** Where a form is long enough that people should hear of everything at once. */
export function createDraftChecks(container: DependencyContainer): DraftChecks {
  const rules = container.resolve(BookingRules)
  return { createBooking: (fields) => rules.check(fields) }
}
