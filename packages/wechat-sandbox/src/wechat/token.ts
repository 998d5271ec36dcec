import { type Platform } from '../platform/platform'
import { type IssuedToken } from '../platform/tokens'
import { type Endpoint, jsonObject, textOf } from './call'
import { checkCredentials } from './credentials'
import { WechatError } from './errors'

/** `GET /cgi-bin/token` */
export function legacyToken(platform: Platform): Endpoint {
  return {
    method: 'GET',
    handle: async ({ query, pause }) => {
      await pause()
      const appId = query.get('appid') ?? ''
      checkCredentials(
        platform,
        { appId, secret: query.get('secret') ?? '', grantType: query.get('grant_type') ?? '' },
        'client_credential',
      )
      return tokenBody(platform.state.tokens.issueLegacy(appId, platform.clock.now()))
    },
  }
}

/** `POST /cgi-bin/stable_token` */
export function stableToken(platform: Platform): Endpoint {
  return {
    method: 'POST',
    handle: async ({ body, pause }) => {
      await pause()
      const input = jsonObject(body)
      const appId = textOf(input, 'appid')
      checkCredentials(
        platform,
        { appId, secret: textOf(input, 'secret'), grantType: textOf(input, 'grant_type') },
        'client_credential',
      )
      const { tokens } = platform.state
      const now = platform.clock.now()
      const issued = input.force_refresh === true ? tokens.forceStable(appId, now) : tokens.issueStable(appId, now)
      if (!issued) throw new WechatError(45009)
      return tokenBody(issued)
    },
  }
}

function tokenBody({ value, expiresIn }: IssuedToken): string {
  return JSON.stringify({ access_token: value, expires_in: expiresIn })
}
