import { type Platform } from '../platform/platform'
import { type Message } from '../platform/messages'
import { type Prompt } from '../platform/prompts'
import { type Template } from '../platform/templates'
import { type WechatUser } from '../platform/users'
import { endpointPaths } from '../wechat/gateway'
import { knownErrcodes } from '../wechat/errors'

const cardsShown = 30
const callsShown = 200

/** A pop-up as the phone page and H5 show it. */
export function promptView({ id, openid, asked, result }: Prompt) {
  return {
    id,
    openid,
    status: result ? ('answered' as const) : ('open' as const),
    templates: asked.map(templateView),
    ...(result ? { result } : {}),
  }
}

export function templateView({ templateId, title, type, keywords }: Template) {
  return { templateId, title, type, keywords }
}

export function subscriptionView(platform: Platform, openid: string, template: Template) {
  return { openid, title: template.title, type: template.type, ...platform.state.ledger.view(openid, template) }
}

/** One person's phone, whole: replacing the last one with it is always right. */
export function phoneView(platform: Platform, user: WechatUser) {
  const { users, templates, messages, prompts } = platform.state
  const openids = [...user.openids]
  const recent = openids
    .flatMap(([appId, openid]) =>
      messages
        .list(openid)
        .slice(-cardsShown)
        .map((message) => ({ appId, message })),
    )
    .sort((a, b) => Date.parse(a.message.sentAt) - Date.parse(b.message.sentAt))
  const prompt = prompts.openOn(user.id)
  return {
    userId: user.id,
    openid: users.openid(user, platform.defaultApp.appId),
    nickname: user.nickname,
    subscriptions: openids.flatMap(([appId, openid]) =>
      templates.list(appId).map((template) => subscriptionView(platform, openid, template)),
    ),
    prompt: prompt
      ? { ...promptView(prompt), app: platform.app(users.find(prompt.openid)?.appId ?? '')?.name ?? '' }
      : null,
    received: openids.reduce((sum, [, openid]) => sum + messages.list(openid).length, 0),
    cards: recent.slice(-cardsShown).map(({ appId, message }) => cardView(platform, appId, message)),
  }
}

function cardView(platform: Platform, appId: string, message: Message) {
  const template = platform.state.templates.find(appId, message.templateId)
  const labels = new Map(template?.keywords.map(({ keyword, label }) => [keyword, label]))
  return {
    msgid: message.msgid,
    app: platform.app(appId)?.name ?? appId,
    title: template?.title ?? message.templateId,
    page: message.page,
    sentAt: message.sentAt,
    rows: Object.entries(message.data).map(([keyword, { value }]) => ({
      keyword,
      label: labels.get(keyword) ?? keyword,
      value,
    })),
  }
}

export function clockView({ clock }: Platform) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetSeconds }
}

/** Everything the page shows, to begin with and after a broken connection. */
export function snapshotView(platform: Platform, h5Url: string | null) {
  const { users, calls, faults } = platform.state
  return {
    h5Url,
    endpoints: endpointPaths,
    errcodes: knownErrcodes,
    clock: clockView(platform),
    phones: users.list().map((user) => phoneView(platform, user)),
    calls: calls.list().slice(-callsShown),
    faults: faults.list(),
  }
}
