import { newOpenid } from '../identifiers'

/** A simulated WeChat user: a person with one phone, known to each mini program by another openid. */
export interface WechatUser {
  id: number
  nickname: string
  openids: Map<string, string>
}

export class Users {
  readonly #users: WechatUser[] = []
  readonly #byOpenid = new Map<string, { user: WechatUser; appId: string }>()

  add(nickname: string): WechatUser {
    const user: WechatUser = { id: this.#users.length + 1, nickname, openids: new Map() }
    this.#users.push(user)
    return user
  }

  /** The openid under which a mini program knows this user; made at the first call and kept. */
  openid(user: WechatUser, appId: string): string {
    const known = user.openids.get(appId)
    if (known !== undefined) return known
    const openid = newOpenid(appId)
    user.openids.set(appId, openid)
    this.#byOpenid.set(openid, { user, appId })
    return openid
  }

  find(openid: string): { user: WechatUser; appId: string } | undefined {
    return this.#byOpenid.get(openid)
  }

  get(id: number): WechatUser | undefined {
    return this.#users[id - 1]
  }

  list(): readonly WechatUser[] {
    return this.#users
  }
}
