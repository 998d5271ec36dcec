import type { LogColumn } from '../csv/log-csv'
import type { LoginLogModel } from './login-log.models'

/** Results and reasons stand there as the API names them: for people to filter by, and for programs. */
export const loginColumns: readonly LogColumn<LoginLogModel>[] = [
  [{ 'zh-CN': '姓名', en: 'Name' }, (entry) => entry.user?.name],
  [{ 'zh-CN': '用户名', en: 'Username' }, (entry) => entry.username],
  [{ 'zh-CN': '客户端', en: 'Client' }, (entry) => entry.clientId],
  [{ 'zh-CN': '方式', en: 'Method' }, (entry) => entry.method],
  [{ 'zh-CN': '结果', en: 'Result' }, (entry) => entry.result],
  [{ 'zh-CN': '原因', en: 'Reason' }, (entry) => entry.reason],
  [{ 'zh-CN': '设备', en: 'Device' }, (entry) => entry.device],
  [{ 'zh-CN': 'IP 地址', en: 'IP address' }, (entry) => entry.address],
  [{ 'zh-CN': '位置', en: 'Place' }, (entry) => entry.place],
  [{ 'zh-CN': '请求 ID', en: 'Request ID' }, (entry) => entry.requestId],
]
