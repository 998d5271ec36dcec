import { literal, Op, type Sequelize } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditModel } from '../audit/audit.models'
import { BookingModel } from '../booking/booking.models'
import { SequelizeToken } from '../database/sequelize'
import { IdentityModel } from '../identity/identity.model'
import { LoginLogModel } from '../login-log/login-log.models'
import { NotificationModel } from '../notification/notification.models'
import { RoomModel } from '../room/room.model'
import { SessionModel } from '../session/session.models'
import { SubscriptionBalanceModel, SubscriptionGrantModel } from '../subscription/subscription.models'

/** Everything kept about one person beside their account, oldest first; hashes and tokens are not read. */
@scoped(Lifecycle.ContainerScoped)
export class PersonalDataRepository {
  constructor(@inject(SequelizeToken) private readonly sequelize: Sequelize) {}

  identities(userId: string): Promise<IdentityModel[]> {
    return IdentityModel.findAll({ where: { userId }, order: [['boundAt', 'ASC']] })
  }

  sessions(userId: string): Promise<SessionModel[]> {
    return SessionModel.findAll({ where: { userId }, order: [['id', 'ASC']] })
  }

  logins(userId: string): Promise<LoginLogModel[]> {
    return LoginLogModel.findAll({ where: { userId }, order: [['id', 'ASC']] })
  }

  bookings(userId: string): Promise<BookingModel[]> {
    const attended = literal(
      `(SELECT booking_id FROM booking_attendees WHERE user_id = ${this.sequelize.escape(userId)})`,
    )
    return BookingModel.findAll({
      where: { [Op.or]: [{ organizerId: userId }, { createdBy: userId }, { id: { [Op.in]: attended } }] },
      include: [{ model: RoomModel, as: 'room' }],
      order: [['id', 'ASC']],
    })
  }

  notifications(recipientId: string): Promise<NotificationModel[]> {
    return NotificationModel.findAll({ where: { recipientId }, order: [['id', 'ASC']] })
  }

  subscriptionBalances(userId: string): Promise<SubscriptionBalanceModel[]> {
    return SubscriptionBalanceModel.findAll({ where: { userId } })
  }

  subscriptionAnswers(userId: string): Promise<SubscriptionGrantModel[]> {
    return SubscriptionGrantModel.findAll({ where: { userId }, order: [['id', 'ASC']] })
  }

  /** What was done to their account, and what they did. */
  changes(userId: string): Promise<AuditModel[]> {
    return AuditModel.findAll({
      where: { [Op.or]: [{ targetId: userId }, { actorId: userId }] },
      order: [['id', 'ASC']],
    })
  }
}
