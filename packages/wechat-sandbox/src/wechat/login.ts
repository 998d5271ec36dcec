import { newSessionKey } from '../identifiers'
import { type Platform } from '../platform/platform'
import { type Endpoint } from './call'
import { checkCredentials } from './credentials'
import { WechatError } from './errors'

/** `GET /sns/jscode2session` */
export function jscode2session(platform: Platform): Endpoint {
  return {
    method: 'GET',
    handle: async ({ query, pause }) => {
      await pause()
      const { codes, users, options } = platform.state
      const appId = query.get('appid') ?? ''
      const secret = query.get('secret') ?? ''
      const code = query.get('js_code') ?? ''
      if (appId && secret && !code) throw new WechatError(41008)
      checkCredentials(platform, { appId, secret, grantType: query.get('grant_type') ?? '' }, 'authorization_code')

      const exchange = codes.exchange(code, appId, platform.clock.now())
      if ('failure' in exchange) {
        if (exchange.failure === 'used') throw new WechatError(40163)
        throw new WechatError(exchange.failure === 'expired' ? options.expiredCodeErrcode : 40029)
      }
      const openid = users.openid(users.get(exchange.userId)!, appId)
      return JSON.stringify({ session_key: newSessionKey(), openid })
    },
  }
}
