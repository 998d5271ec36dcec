import { type Message } from '../platform/messages'
import { type Platform } from '../platform/platform'
import { type Template } from '../platform/templates'
import { type SandboxOptions } from '../options'
import { type Endpoint, isObject, jsonObject, textOf } from './call'
import { checkAccessToken } from './credentials'
import { WechatError } from './errors'
import { keywordValueIsValid } from './keyword-rules'

const cutAfter = 48

/** `POST /cgi-bin/message/subscribe/send`: token, JSON, touser, template_id, subscription, data, in this order. */
export function subscribeSend(platform: Platform): Endpoint {
  return {
    method: 'POST',
    handle: async ({ query, body, pause }) => {
      const state = platform.state
      const appId = checkAccessToken(platform, query.get('access_token'))
      const input = jsonObject(body)
      const openid = textOf(input, 'touser')
      const recipient = state.users.find(openid)
      if (!recipient || recipient.appId !== appId) throw new WechatError(40003)
      if (state.sending.has(openid)) throw new WechatError(43108)

      state.sending.add(openid)
      try {
        await pause()
        const template = state.templates.find(appId, textOf(input, 'template_id'))
        if (!template) throw new WechatError(40037)
        if (!state.ledger.mayReceive(openid, template)) throw new WechatError(43101)
        const data = takeData(input.data, template, state.options, () => {
          if (!state.options.failedSendUsesAccept) return
          state.ledger.use(openid, template)
          platform.events.emit({ type: 'phone', userId: recipient.user.id })
        })

        const now = platform.clock.now()
        const message: Message = {
          msgid: platform.messageIds.next(now),
          openid,
          templateId: template.templateId,
          page: textOf(input, 'page') || null,
          data,
          lang: textOf(input, 'lang') || 'zh_CN',
          miniprogramState: textOf(input, 'miniprogram_state') || 'formal',
          sentAt: new Date(now).toISOString(),
        }
        state.ledger.use(openid, template)
        state.messages.add(message)
        platform.events.emit({ type: 'phone', userId: recipient.user.id })
        // By hand: as a JavaScript number the id would lose its last digits.
        return `{"errcode":0,"errmsg":"ok","msgid":${message.msgid}}`
      } finally {
        state.sending.delete(openid)
      }
    },
  }
}

/** The values of the template's keywords, all valid. @throws WechatError 47003 naming the first bad keyword */
function takeData(
  data: unknown,
  template: Template,
  options: SandboxOptions,
  beforeRefusing: () => void,
): Message['data'] {
  const given = isObject(data) ? data : {}
  const keywords = template.keywords.length > 0 ? template.keywords.map(({ keyword }) => keyword) : Object.keys(given)
  return Object.fromEntries(
    keywords.map((keyword) => {
      const value = valueOf(given, keyword)
      const problem =
        value === '' || (options.blankValueIsEmpty && value.trim() === '')
          ? 'is empty'
          : keywordValueIsValid(keyword, value, template.enums[keyword])
            ? null
            : 'invalid'
      if (problem === null) return [keyword, { value }]
      beforeRefusing()
      const text = `argument invalid! data.${keyword}.value ${problem}`
      throw new WechatError(47003, options.cutKeywordErrors ? text.slice(0, cutAfter) : text)
    }),
  )
}

function valueOf(data: Record<string, unknown>, keyword: string): string {
  const entry = Object.hasOwn(data, keyword) ? data[keyword] : undefined
  const value = isObject(entry) && Object.hasOwn(entry, 'value') ? entry.value : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
