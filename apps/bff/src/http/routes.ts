import type { DependencyContainer } from 'tsyringe'
import { AccountDraft } from '../account/account-draft'
import { AccountController } from '../account/account.controller'
import { AuditController } from '../audit/audit.controller'
import { BookingController } from '../booking/booking.controller'
import { BookingRules } from '../booking/booking.rules'
import { DepartmentController } from '../department/department.controller'
import { ImportController } from '../import/import.controller'
import { LoginLogController } from '../login-log/login-log.controller'
import { NotificationController } from '../notification/notification.controller'
import { ProfileController } from '../profile/profile.controller'
import { ReferenceController } from '../reference/reference.controller'
import { RoleController } from '../role/role.controller'
import { RoomController } from '../room/room.controller'
import { AuthController } from '../session/auth.controller'
import { SessionController } from '../session/session.controller'
import { SubscriptionController } from '../subscription/subscription.controller'
import { TemplateController } from '../template/template.controller'
import { UserController } from '../user/user.controller'
import type { DraftChecks, Handlers } from './router'

/** The whole API on one screen; paths, access and shapes are in the contract's `operations`. */
export function createHandlers(container: DependencyContainer): Handlers {
  const auth = container.resolve(AuthController)
  const profile = container.resolve(ProfileController)
  const sessions = container.resolve(SessionController)
  const users = container.resolve(UserController)
  const reference = container.resolve(ReferenceController)
  const rooms = container.resolve(RoomController)
  const bookings = container.resolve(BookingController)
  const imports = container.resolve(ImportController)
  const logins = container.resolve(LoginLogController)
  const audit = container.resolve(AuditController)
  const notifications = container.resolve(NotificationController)
  const templates = container.resolve(TemplateController)
  const subscriptions = container.resolve(SubscriptionController)
  const accounts = container.resolve(AccountController)
  const departments = container.resolve(DepartmentController)
  const roles = container.resolve(RoleController)
  return {
    login: (call) => auth.login(call),
    loginWxProgram: (call) => auth.login(call),
    loginWechat: (call) => auth.loginWechat(call),
    refresh: (call) => auth.refresh(call),
    logout: (call) => auth.logout(call),
    getMe: (call) => profile.me(call),
    updateMe: (call) => profile.update(call),
    changePassword: (call) => profile.changePassword(call),
    bindWechat: (call) => profile.bindWechat(call),
    unbindWechat: (call) => profile.unbindWechat(call),
    listMySessions: (call) => sessions.listOwn(call),
    endMySession: (call) => sessions.endOwn(call),
    endMyOtherSessions: (call) => sessions.endOwnOthers(call),
    listSessions: (call) => sessions.list(call),
    endSession: (call) => sessions.end(call),
    listSubscriptions: (call) => subscriptions.list(call),
    reportSubscriptions: (call) => subscriptions.report(call),
    getClientConfig: () => reference.clientConfig(),
    getDictionaries: () => reference.dictionaries(),
    listRooms: () => rooms.list(),
    listBuildings: () => rooms.buildings(),
    getAvailability: (call) => rooms.availability(call),
    createBooking: (call) => bookings.create(call),
    listBookings: (call) => bookings.list(call),
    getBooking: (call) => bookings.get(call),
    updateBooking: (call) => bookings.update(call),
    cancelBooking: (call) => bookings.cancel(call),
    listUsers: (call) => users.list(call),
    listAccounts: (call) => accounts.list(call),
    createAccount: (call) => accounts.create(call),
    bulkAccounts: (call) => accounts.bulk(call),
    getAccount: (call) => accounts.get(call),
    updateAccount: (call) => accounts.update(call),
    putAccountRoles: (call) => accounts.putRoles(call),
    resetPassword: (call) => accounts.resetPassword(call),
    endAccountSessions: (call) => accounts.endSessions(call),
    unbindAccountWechat: (call) => accounts.unbindWechat(call),
    getAccountPersonalData: (call) => accounts.getPersonalData(call),
    getMyPersonalData: (call) => accounts.getOwnPersonalData(call),
    eraseAccount: (call) => accounts.erase(call),
    listDepartments: () => departments.list(),
    createDepartment: (call) => departments.create(call),
    updateDepartment: (call) => departments.update(call),
    deleteDepartment: (call) => departments.delete(call),
    listRoles: () => roles.list(),
    createRole: (call) => roles.create(call),
    updateRole: (call) => roles.update(call),
    deleteRole: (call) => roles.delete(call),
    exportAccounts: (call) => imports.exportAccounts(call),
    exportDepartments: (call) => imports.exportDepartments(call),
    createImport: (call) => imports.create(call),
    listImports: (call) => imports.list(call),
    getImport: (call) => imports.get(call),
    listImportRows: (call) => imports.listRows(call),
    applyImport: (call) => imports.apply(call),
    getImportPasswords: (call) => imports.getPasswords(call),
    listLogins: (call) => logins.list(call),
    exportLogins: (call) => logins.export(call),
    listAudit: (call) => audit.list(call),
    exportAudit: (call) => audit.export(call),
    listNotifications: (call) => notifications.list(call),
    resendNotification: (call) => notifications.resend(call),
    getTemplate: (call) => templates.get(call),
    putTemplate: (call) => templates.put(call),
  }
}

/** Where a form is long enough that people should hear of everything at once. */
export function createDraftChecks(container: DependencyContainer): DraftChecks {
  const rules = container.resolve(BookingRules)
  const accounts = container.resolve(AccountDraft)
  return { createBooking: (fields) => rules.check(fields), createAccount: (fields) => accounts.check(fields) }
}
