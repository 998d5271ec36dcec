import type { Booking, CancelBookingInput, CreateBooking, UpdateBookingInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError, validationError } from '../errors/app-error'
import { newId } from '../ids'
import { BookingNotifier } from '../notification/booking-notifier'
import { RoomRepository } from '../room/room.repository'
import type { Actor } from '../session/actor'
import { UserRepository } from '../user/user.repository'
import { auditFields } from './booking-audit'
import { instantToMinute } from './booking-time'
import type { BookingModel } from './booking.models'
import { mayBookFor, mayEdit } from './booking.policy'
import { BookingPresenter } from './booking.presenter'
import { BookingRepository } from './booking.repository'
import { BookingRules } from './booking.rules'
import { idempotentCall, IdempotencyRepository, KeyInUseError, type IdempotentCall } from './idempotency.repository'
import { SlotClaimService } from './slot-claim.service'

/** The use cases that write bookings. */
@scoped(Lifecycle.ContainerScoped)
export class BookingService {
  constructor(
    @inject(BookingRepository) private readonly bookings: BookingRepository,
    @inject(BookingRules) private readonly rules: BookingRules,
    @inject(BookingPresenter) private readonly presenter: BookingPresenter,
    @inject(SlotClaimService) private readonly slots: SlotClaimService,
    @inject(IdempotencyRepository) private readonly idempotency: IdempotencyRepository,
    @inject(RoomRepository) private readonly rooms: RoomRepository,
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(BookingNotifier) private readonly notifier: BookingNotifier,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** @throws {AppError} see the operation `createBooking` */
  async create(actor: Actor, input: CreateBooking, key?: string): Promise<Booking> {
    const call = key === undefined ? null : idempotentCall(actor.userId, key, input)
    const earlier = call && (await this.idempotency.findAnswer<Booking>(call))
    if (earlier) return earlier
    const issues = await this.rules.check(input)
    if (issues.length > 0) throw validationError(issues)
    await this.rules.assertRoomOpen(input.roomId)
    await this.assertMayBookFor(actor, input)
    try {
      const booking = await this.insert(actor, input, call)
      this.notifier.wake()
      return booking
    } catch (error) {
      // The same request came twice at the same moment: whoever was second gets the answer of the first.
      const answer =
        call && (error instanceof KeyInUseError || isConflict(error))
          ? await this.idempotency.findAnswer<Booking>(call)
          : null
      if (answer) return answer
      if (error instanceof KeyInUseError) throw new AppError('SERVER_BUSY', 'The same request is being worked on')
      throw error
    }
  }

  /** @throws {AppError} see the operation `updateBooking` */
  async update(actor: Actor, id: string, input: UpdateBookingInput): Promise<Booking> {
    const before = await this.editable(actor, id)
    const target = {
      roomId: input.roomId ?? before.roomId,
      startMinute: input.startsAt ? instantToMinute(input.startsAt) : before.startMinute,
      endMinute: input.endsAt ? instantToMinute(input.endsAt) : before.endMinute,
    }
    await this.checkChange(before, input, target)
    await this.assertMayMoveTo(actor, before, target.roomId)
    const moved = isMoved(before, target)
    const work = this.changeIn(actor, before, input, target, moved)
    const changed = moved
      ? await this.slots.claim({ roomId: target.roomId, range: target, exceptId: id, alsoLock: before.roomId }, work)
      : await this.transactions.run(work)
    this.notifier.wake()
    return changed
  }

  /** @throws {AppError} see the operation `cancelBooking` */
  async cancel(actor: Actor, id: string, input: CancelBookingInput): Promise<Booking> {
    await this.editable(actor, id)
    return this.transactions.run(async (tx) => {
      const booking = this.assertOpen(await this.bookings.lock(id, tx))
      const before = await this.read(actor, id, tx)
      const now = this.clock.now()
      await this.bookings.releaseSlots(booking, tx)
      await this.bookings.update(
        id,
        {
          status: 'cancelled',
          version: booking.version + 1,
          cancelReason: input.reason || null,
          cancelledBy: actor.userId,
          cancelledAt: now,
          updatedAt: now,
        },
        tx,
      )
      const cancelled = await this.read(actor, id, tx)
      await this.recordChange(actor, 'booking.cancelled', before, cancelled, tx, input.reason)
      return cancelled
    })
  }

  private insert(actor: Actor, input: CreateBooking, call: IdempotentCall | null): Promise<Booking> {
    const range = { startMinute: instantToMinute(input.startsAt), endMinute: instantToMinute(input.endsAt) }
    const organizerId = input.organizerId ?? actor.userId
    const attendeeIds = others(input.attendeeIds, organizerId)
    return this.slots.claim({ roomId: input.roomId, range }, async (tx) => {
      const id = newId()
      if (call) await this.idempotency.claim(call, tx)
      await this.bookings.insert(
        {
          id,
          roomId: input.roomId,
          title: input.title,
          note: input.note || null,
          organizerId,
          createdBy: actor.userId,
          ...range,
          createdAt: this.clock.now(),
        },
        tx,
      )
      await this.bookings.claimSlots(input.roomId, range, id, tx)
      await this.bookings.insertAttendees(id, attendeeIds, tx)
      // Whoever it is for is told as well, but nobody of what they did themselves.
      const recipientIds = others([organizerId, ...attendeeIds], actor.userId)
      await this.notifier.bookingCreated({ bookingId: id, version: 1, recipientIds }, tx)
      const booking = await this.read(actor, id, tx)
      await this.audit.append(
        actor,
        { action: 'booking.created', target: { id, name: booking.title }, after: auditFields(booking) },
        tx,
      )
      if (call) await this.idempotency.keep(call, booking, tx)
      return booking
    })
  }

  private changeIn(actor: Actor, before: BookingModel, input: UpdateBookingInput, target: Place, moved: boolean) {
    const { id } = before
    return async (tx: Tx): Promise<Booking> => {
      const booking = this.assertOpen(await this.bookings.lock(id, tx))
      // Everything below was worked out from the row as it was read before: it must still be that one, and the one
      // that the caller has seen.
      if (booking.version !== before.version || booking.version !== (input.version ?? booking.version))
        throw new AppError('VERSION_CONFLICT', 'The booking was changed meanwhile', { currentVersion: booking.version })
      const version = booking.version + 1
      const was = await this.read(actor, id, tx)
      if (moved) {
        await this.bookings.releaseSlots(booking, tx)
        await this.bookings.claimSlots(target.roomId, target, id, tx)
      }
      const invited = new Set((booking.attendees ?? []).map((attendee) => attendee.userId))
      if (input.attendeeIds) {
        const wanted = others(input.attendeeIds, booking.organizerId)
        const added = wanted.filter((userId) => !invited.has(userId))
        await this.bookings.deleteAttendees(
          id,
          [...invited].filter((userId) => !wanted.includes(userId)),
          tx,
        )
        await this.bookings.insertAttendees(id, added, tx)
        await this.notifier.bookingCreated({ bookingId: id, version, recipientIds: others(added, actor.userId) }, tx)
      }
      await this.bookings.update(
        id,
        {
          ...target,
          ...(input.title === undefined ? {} : { title: input.title }),
          ...(input.note === undefined ? {} : { note: input.note || null }),
          version,
          updatedAt: this.clock.now(),
        },
        tx,
      )
      const changed = await this.read(actor, id, tx)
      await this.recordChange(actor, 'booking.updated', was, changed, tx)
      return changed
    }
  }

  private recordChange(
    actor: Actor,
    action: 'booking.updated' | 'booking.cancelled',
    before: Booking,
    after: Booking,
    tx: Tx,
    reason?: string,
  ): Promise<void> {
    const target = { id: after.id, name: after.title }
    return this.audit.append(
      actor,
      { action, target, before: auditFields(before), after: auditFields(after), reason },
      tx,
    )
  }

  /** @throws {AppError} `FORBIDDEN` */
  private async assertMayBookFor(actor: Actor, input: CreateBooking): Promise<void> {
    const { organizerId, roomId } = input
    if (organizerId === undefined || organizerId === actor.userId) return
    const [room, organizer] = await Promise.all([this.rooms.findById(roomId), this.users.findById(organizerId)])
    if (!room || !organizer || !mayBookFor(actor, room, organizer))
      throw new AppError('FORBIDDEN', 'You may not book this room in the name of that person')
  }

  /** Who manages one building does not put other people's meetings into another one. */
  private async assertMayMoveTo(actor: Actor, booking: BookingModel, roomId: string): Promise<void> {
    const room = roomId === booking.roomId ? null : await this.rooms.findById(roomId)
    if (room && !mayEdit(actor, { ...booking.get(), room, organizer: booking.organizer }))
      throw new AppError('FORBIDDEN', 'You may not move the booking to that room')
  }

  /** The rules for what changes: a meeting that is running keeps its start, and nothing moves into the past. */
  private async checkChange(before: BookingModel, input: UpdateBookingInput, target: Place): Promise<void> {
    const issues = await this.rules.check({
      roomId: input.roomId === before.roomId ? undefined : input.roomId,
      startsAt: target.startMinute === before.startMinute ? undefined : input.startsAt,
      endsAt: target.endMinute === before.endMinute ? undefined : input.endsAt,
      attendeeIds: input.attendeeIds,
      invitedIds: (before.attendees ?? []).map((attendee) => attendee.userId),
    })
    issues.push(...this.rules.checkLength(target))
    if (issues.length > 0) throw validationError(issues)
    if (isMoved(before, target)) await this.rules.assertRoomOpen(target.roomId)
  }

  private async editable(actor: Actor, id: string): Promise<BookingModel> {
    const booking = await this.bookings.findById(id)
    if (!booking) throw new AppError('NOT_FOUND', 'There is no such booking')
    if (!mayEdit(actor, booking))
      throw new AppError('FORBIDDEN', 'Only the organiser and managers may change a booking')
    return this.assertOpen(booking)
  }

  private assertOpen(booking: BookingModel | null): BookingModel {
    if (!booking) throw new AppError('NOT_FOUND', 'There is no such booking')
    if (booking.status !== 'confirmed') throw new AppError('BOOKING_NOT_ACTIVE', 'The booking was cancelled')
    if (booking.endMinute * 60_000 <= this.clock.now().getTime())
      throw new AppError('BOOKING_ALREADY_OVER', 'The meeting is over')
    return booking
  }

  private async read(actor: Actor, id: string, tx: Tx): Promise<Booking> {
    const booking = await this.bookings.findById(id, tx)
    const [presented] = booking ? await this.presenter.present([booking], actor, tx) : []
    if (!presented) throw new AppError('NOT_FOUND', 'There is no such booking')
    return presented
  }
}

/** A room and a time in it. */
type Place = Pick<BookingModel, 'roomId' | 'startMinute' | 'endMinute'>

function isMoved(before: Place, after: Place): boolean {
  return (
    before.roomId !== after.roomId || before.startMinute !== after.startMinute || before.endMinute !== after.endMinute
  )
}

function others(ids: readonly string[], except: string): string[] {
  return [...new Set(ids)].filter((id) => id !== except)
}

function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === 'BOOKING_CONFLICT'
}
