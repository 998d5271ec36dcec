import type {
  ChangePasswordInput,
  Me,
  PersonalData,
  Session,
  UnbindWechatInput,
  UpdateMeInput,
  WechatBinding,
} from '@huiyue/contracts'
import { call } from '@/http'

export function updateMe(body: UpdateMeInput): Promise<Me> {
  return call('updateMe', { body })
}

export function changePassword(body: ChangePasswordInput): Promise<void> {
  return call('changePassword', { body })
}

export function unbindWechat(body: UnbindWechatInput): Promise<WechatBinding> {
  return call('unbindWechat', { body })
}

export async function listMySessions(): Promise<Session[]> {
  return (await call('listMySessions')).items
}

export function endMySession(id: string): Promise<void> {
  return call('endMySession', { params: { id } })
}

/** Answers how many ended. */
export async function endMyOtherSessions(): Promise<number> {
  return (await call('endMyOtherSessions')).ended
}

export function getMyPersonalData(): Promise<PersonalData> {
  return call('getMyPersonalData')
}
