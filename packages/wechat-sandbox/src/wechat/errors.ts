/**
 * WeChat's own words, before the rid. Two of them (40243, 43107) are not known literally and are put in our words;
 * nothing should read more than their number.
 */
const texts: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40164: 'invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist',
  40226: 'code blocked',
  40243: 'appsecret frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43003: 'require https',
  43101: 'user refuse to accept the msg',
  43107: 'subscribe message capability banned',
  43108: 'Cannot make concurrent calls to the same OpenID, please try again',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45168: 'keyword in blacklist',
  47001: 'data format error',
  47003: 'argument invalid! data.thing1.value invalid',
  48001: 'api unauthorized',
  48004: 'api forbidden for irregularities, view detail on mp.weixin.qq.com',
  50002: 'user limited',
}

/** The numbers whose text is known. */
export const knownErrcodes: readonly number[] = Object.keys(texts)
  .map(Number)
  .sort((a, b) => a - b)

/** @param ip the caller's IPv4 address, which 40164 names */
export function errorText(errcode: number, ip: string): string | undefined {
  return texts[errcode]?.replaceAll('{ip}', ip)
}

/** An answer other than success. */
export class WechatError extends Error {
  /** @param text replaces the catalogue's, for errors that name what is wrong */
  constructor(
    readonly errcode: number,
    readonly text?: string,
  ) {
    super(text ?? `WeChat answers ${errcode}`)
  }
}

/** `/sns/*` puts a comma before the rid, everything else only a blank. */
export function errorBody(path: string, errcode: number, text: string, rid: string): string {
  return JSON.stringify({ errcode, errmsg: `${text}${path.startsWith('/sns/') ? ',' : ''} rid: ${rid}` })
}
