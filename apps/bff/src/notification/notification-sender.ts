import { templateField } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { z } from 'zod'
import type { BookingModel } from '../booking/booking.models'
import { BookingRepository } from '../booking/booking.repository'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { IdentityRepository } from '../identity/identity.repository'
import { SubscriptionRepository } from '../subscription/subscription.repository'
import type { TemplateModel } from '../template/template.model'
import { TemplateRepository } from '../template/template.repository'
import { UserRepository } from '../user/user.repository'
import { fillFields } from '../wechat/template-keywords'
import { WechatError } from '../wechat/wechat-error'
import { WechatGatewayToken, type WechatGateway, type SubscribeMessage } from '../wechat/wechat-gateway'
import { sourcesOf } from './message-sources'
import type { NotificationModel } from './notification.models'
import type { Outcome } from './notification.repository'

/**
 * Waits before the 2nd, 3rd, … attempt, in seconds; after the last one the message is given up. Together they are
 * longer than a day, because a daily quota comes back at midnight.
 */
export const retrySeconds = [5, 15, 60, 300, 900, 3600, 10_800, 21_600, 57_600] as const

const templateFields = z.array(templateField)

/**
 * Decides what becomes of one queued message. The text is written from the booking as it stands now, so that nobody
 * is told of a meeting that no longer stands.
 */
@scoped(Lifecycle.ContainerScoped)
export class NotificationSender {
  constructor(
    @inject(BookingRepository) private readonly bookings: BookingRepository,
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(TemplateRepository) private readonly templates: TemplateRepository,
    @inject(SubscriptionRepository) private readonly subscriptions: SubscriptionRepository,
    @inject(WechatGatewayToken) private readonly wechat: WechatGateway,
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  async process(message: NotificationModel): Promise<Outcome> {
    const booking = await this.bookings.findById(message.bookingId)
    if (!booking || booking.status === 'cancelled') return suppressed('booking_cancelled')
    if (booking.endMinute * 60_000 <= this.clock.now().getTime()) return suppressed('booking_over')
    if (!isInvited(booking, message.recipientId)) return suppressed('no_longer_invited')
    const recipient = await this.users.findById(message.recipientId)
    if (recipient?.status !== 'active') return suppressed('recipient_disabled')
    const identity = await this.identities.findByUser(message.recipientId)
    if (!identity) return suppressed('not_bound')
    const template = await this.templates.find(message.event)
    if (!template?.templateId) return suppressed('template_not_configured')
    return this.send(message, this.write(booking, template, identity.subject))
  }

  private write(booking: BookingModel, template: TemplateModel, openid: string): SubscribeMessage {
    const fields = templateFields.parse(JSON.parse(template.fields))
    return {
      openid,
      templateId: template.templateId,
      ...(template.page ? { page: template.page.replaceAll('{bookingId}', encodeURIComponent(booking.id)) } : {}),
      data: fillFields(fields, sourcesOf(booking, this.config.timeZone)),
      lang: template.lang,
      miniprogramState: template.miniprogramState,
    }
  }

  /**
   * Sends even when our ledger counts no accept: it only knows what clients reported, WeChat knows all. Its 43101 is
   * the truth, and sets the ledger right.
   */
  private async send(message: NotificationModel, content: SubscribeMessage): Promise<Outcome> {
    const startedAt = performance.now()
    const attempt = (said: { errcode: number | null; errmsg: string; rid: string | null; msgid: string | null }) => ({
      ...said,
      errmsg: said.errmsg.slice(0, 500),
      durationMs: Math.round(performance.now() - startedAt),
    })
    const { data, templateId } = content
    try {
      const { msgid } = await this.wechat.sendSubscribeMessage(content)
      const said = attempt({ errcode: 0, errmsg: 'ok', rid: null, msgid })
      return { state: 'sent', reason: null, dueAt: null, data, attempt: said, ledger: { templateId, change: 'spend' } }
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      const said = attempt({ errcode: error.errcode, errmsg: error.errmsg, rid: error.rid, msgid: null })
      return { ...(await this.afterRefusal(message, templateId, error)), data, attempt: said }
    }
  }

  private async afterRefusal(message: NotificationModel, templateId: string, error: WechatError): Promise<Outcome> {
    if (error.errorClass === 'no-accept') {
      const lastResult = await this.subscriptions.lastResult(message.recipientId, templateId)
      const refused = lastResult === 'reject' || lastResult === 'ban'
      const reason = refused ? 'subscription_refused' : 'no_accept_left'
      return { state: 'no_accept', reason, dueAt: null, ledger: { templateId, change: 'exhaust' } }
    }
    if (error.errorClass !== 'later' && error.errorClass !== 'token')
      return { state: 'dead', reason: 'wechat_refused', dueAt: null }
    return this.later(message, error.errcode === null ? 'wechat_unreachable' : 'wechat_busy')
  }

  /** After a fault of ours: tried again like any other, and given up visibly in the end. */
  afterFault(message: NotificationModel): Outcome {
    const attempt = { errcode: null, errmsg: 'internal error', rid: null, msgid: null, durationMs: 0 }
    return { ...this.later(message, 'internal_error'), attempt }
  }

  private later(message: NotificationModel, reason: NonNullable<Outcome['reason']>): Outcome {
    const waitSeconds = retrySeconds[message.attempts ?? 0]
    if (waitSeconds === undefined) return { state: 'dead', reason: 'attempts_exhausted', dueAt: null }
    // Jitter: messages that failed together do not come back together.
    const waitMs = waitSeconds * 1000 * (1 + Math.random() * 0.2)
    return { state: 'retry', reason, dueAt: new Date(this.clock.now().getTime() + waitMs) }
  }
}

function suppressed(reason: NonNullable<Outcome['reason']>): Outcome {
  return { state: 'suppressed', reason, dueAt: null }
}

function isInvited(booking: BookingModel, userId: string): boolean {
  return booking.organizerId === userId || (booking.attendees ?? []).some((attendee) => attendee.userId === userId)
}
