import type { MiniprogramState } from '@huiyue/contracts'

export interface SubscribeMessage {
  openid: string
  templateId: string
  /** Path inside the mini program with its query; without it the card opens nothing. */
  page?: string
  /** Keyword → value, already legal for the keyword's type. */
  data: Record<string, string>
  lang: string
  miniprogramState: MiniprogramState
}

/** All the server wants of WeChat; nothing else in the server knows WeChat's payloads. */
export interface WechatGateway {
  /** Exchanges a `wx.login` code. The session key that comes with it is dropped here. @throws {WechatError} */
  exchangeLoginCode(code: string): Promise<{ openid: string }>

  /** Sends one message. `msgid` is exact, as text. @throws {WechatError} */
  sendSubscribeMessage(message: SubscribeMessage): Promise<{ msgid: string | null }>
}

/** DI token of the gateway. */
export const WechatGatewayToken = Symbol('WechatGateway')
