import { type Platform } from '../platform/platform'
import { type TokenCheck } from '../platform/tokens'
import { WechatError } from './errors'

export interface Credentials {
  appId: string
  secret: string
  grantType: string
}

/** Missing parameters first, then appid, secret, grant_type. @throws WechatError */
export function checkCredentials(
  platform: Platform,
  { appId, secret, grantType }: Credentials,
  expected: string,
): void {
  if (!appId) throw new WechatError(41002)
  if (!secret) throw new WechatError(41004)
  const app = platform.app(appId)
  if (!app) throw new WechatError(40013)
  if (app.secret !== secret) throw new WechatError(40125)
  if (grantType !== expected) throw new WechatError(40002)
}

/** @returns the appid the token belongs to @throws WechatError */
export function checkAccessToken(platform: Platform, token: string | null): string {
  const { tokens, options } = platform.state
  const check = tokens.check(token, platform.clock.now())
  if ('appId' in check) return check.appId
  throw new WechatError(tokenErrcode(check.failure, options.supersededTokenErrcode))
}

function tokenErrcode(failure: Extract<TokenCheck, { failure: string }>['failure'], superseded: number): number {
  switch (failure) {
    case 'missing':
      return 41001
    case 'malformed':
      return 40014
    case 'unknown':
      return 40001
    case 'superseded':
      return superseded
    case 'expired':
      return 42001
  }
}
