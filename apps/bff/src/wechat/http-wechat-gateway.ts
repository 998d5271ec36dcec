import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import { ConfigToken, type Config } from '../config/config'
import { WechatAccessToken } from './wechat-access-token'
import type { SubscribeMessage, WechatGateway } from './wechat-gateway'
import { WechatHttp } from './wechat-http'

const sendTimeoutMs = 15_000

const exchanged = z.object({ openid: z.string().min(1).max(128) })
/** A message was taken when WeChat says 0 or names it; any other JSON is somebody else's. */
const sent = z
  .object({
    errcode: z.literal(0).optional(),
    msgid: z
      .union([z.string(), z.number()])
      .transform(String)
      .pipe(z.string().regex(/^\d{1,32}$/))
      .nullable()
      .catch(null),
  })
  .refine(({ errcode, msgid }) => errcode === 0 || msgid !== null)

@scoped(Lifecycle.ContainerScoped)
export class HttpWechatGateway implements WechatGateway {
  constructor(
    @inject(ConfigToken) private readonly config: Config,
    @inject(WechatHttp) private readonly http: WechatHttp,
    @inject(WechatAccessToken) private readonly accessToken: WechatAccessToken,
  ) {}

  async exchangeLoginCode(code: string): Promise<{ openid: string }> {
    const { appId, appSecret } = this.config.wechat
    const query = { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' }
    const { openid } = await this.http.call({ method: 'GET', path: '/sns/jscode2session', query }, exchanged)
    return { openid }
  }

  async sendSubscribeMessage(message: SubscribeMessage): Promise<{ msgid: string | null }> {
    const body = {
      touser: message.openid,
      template_id: message.templateId,
      ...(message.page ? { page: message.page } : {}),
      data: Object.fromEntries(Object.entries(message.data).map(([keyword, value]) => [keyword, { value }])),
      miniprogram_state: message.miniprogramState,
      lang: message.lang,
    }
    const { msgid } = await this.accessToken.use((access_token) =>
      this.http.call(
        {
          method: 'POST',
          path: '/cgi-bin/message/subscribe/send',
          query: { access_token },
          body,
          timeoutMs: sendTimeoutMs,
        },
        sent,
      ),
    )
    return { msgid }
  }
}
