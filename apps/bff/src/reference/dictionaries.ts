import {
  bookingStatuses,
  notificationStates,
  roomStatuses,
  type BookingStatus,
  type Dictionaries,
  type LocalizedText,
  type NotificationState,
  type RoomStatus,
} from '@huiyue/contracts'

export const equipmentCodes = ['screen', 'projector', 'video', 'whiteboard', 'phone', 'accessible'] as const
export type Equipment = (typeof equipmentCodes)[number]

const equipment: Record<Equipment, LocalizedText> = {
  screen: { 'zh-CN': '大屏', en: 'Screen' },
  projector: { 'zh-CN': '投影', en: 'Projector' },
  video: { 'zh-CN': '视频会议', en: 'Video conferencing' },
  whiteboard: { 'zh-CN': '白板', en: 'Whiteboard' },
  phone: { 'zh-CN': '会议电话', en: 'Conference phone' },
  accessible: { 'zh-CN': '无障碍', en: 'Step-free access' },
}

const bookingStatus: Record<BookingStatus, LocalizedText> = {
  confirmed: { 'zh-CN': '已预约', en: 'Booked' },
  cancelled: { 'zh-CN': '已取消', en: 'Cancelled' },
}

const roomStatus: Record<RoomStatus, LocalizedText> = {
  open: { 'zh-CN': '可预约', en: 'Open' },
  closed: { 'zh-CN': '停用', en: 'Closed' },
}

const notificationState: Record<NotificationState, LocalizedText> = {
  pending: { 'zh-CN': '待发送', en: 'Waiting' },
  leased: { 'zh-CN': '发送中', en: 'Sending' },
  retry: { 'zh-CN': '等待重试', en: 'Will retry' },
  sent: { 'zh-CN': '已发送', en: 'Sent' },
  no_accept: { 'zh-CN': '无订阅次数', en: 'No accept left' },
  suppressed: { 'zh-CN': '未发送', en: 'Not sent' },
  dead: { 'zh-CN': '发送失败', en: 'Failed' },
}

function list<V extends string>(values: readonly V[], labels: Record<V, LocalizedText>) {
  return values.map((value) => ({ value, label: labels[value] }))
}

/** The words behind the codes of the API, in the order in which people should see them. */
export const dictionaryMap: Dictionaries = {
  equipment: list(equipmentCodes, equipment),
  bookingStatus: list(bookingStatuses, bookingStatus),
  roomStatus: list(roomStatuses, roomStatus),
  notificationState: list(notificationStates, notificationState),
}
