import { earliestStart, isOnGrid, maxBookingMinutes, offsetMinutesAt, type FieldIssue } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { AppError, fieldIssue } from '../errors/app-error'
import { RoomRepository } from '../room/room.repository'
import { UserRepository } from '../user/user.repository'
import type { MinuteRange } from './booking-time'

/** What the contract's schemas cannot know: this installation's grid, rooms, people and clock. */
@scoped(Lifecycle.ContainerScoped)
export class BookingRules {
  constructor(
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
    @inject(RoomRepository) private readonly rooms: RoomRepository,
    @inject(UserRepository) private readonly users: UserRepository,
  ) {}

  /** Faults of the values given; those left out are not looked at. */
  async check(draft: {
    roomId?: string | undefined
    startsAt?: string | undefined
    endsAt?: string | undefined
    attendeeIds?: readonly string[] | undefined
    organizerId?: string | undefined
    /** Who is invited already; they may stay whatever has become of their accounts. */
    invitedIds?: readonly string[]
  }): Promise<FieldIssue[]> {
    const [room, organizer, people] = await Promise.all([
      this.checkRoom(draft.roomId),
      this.checkOrganizer(draft.organizerId),
      this.checkPeople(draft.attendeeIds ?? [], draft.invitedIds),
    ])
    return [
      ...room,
      ...this.checkStart(draft.startsAt),
      ...this.checkGrid('endsAt', draft.endsAt),
      ...organizer,
      ...people,
    ]
  }

  /** @throws {AppError} `ROOM_CLOSED` */
  async assertRoomOpen(roomId: string): Promise<void> {
    const room = await this.rooms.findById(roomId)
    if (room?.status === 'closed') throw new AppError('ROOM_CLOSED', `${room.name} cannot be booked at present`)
  }

  /** Faults of a range that is made of old and new values, which the contract could not see together. */
  checkLength({ startMinute, endMinute }: MinuteRange): FieldIssue[] {
    if (endMinute <= startMinute) return [fieldIssue('endsAt', 'end_not_after_start')]
    if (endMinute * 60_000 <= this.clock.now().getTime()) return [fieldIssue('endsAt', 'in_the_past')]
    if (endMinute - startMinute <= maxBookingMinutes) return []
    return [fieldIssue('endsAt', 'booking_too_long', { hours: maxBookingMinutes / 60 })]
  }

  private async checkRoom(roomId: string | undefined): Promise<FieldIssue[]> {
    if (roomId === undefined || (await this.rooms.findById(roomId))) return []
    return [fieldIssue('roomId', 'unknown_room')]
  }

  private checkStart(startsAt: string | undefined): FieldIssue[] {
    const grid = this.checkGrid('startsAt', startsAt)
    if (startsAt === undefined || grid.length > 0) return grid
    const now = this.clock.now().getTime()
    const earliest = earliestStart(now, this.config.slotMinutes, offsetMinutesAt(now, this.config.timeZone))
    if (Date.parse(startsAt) >= earliest) return []
    return [fieldIssue('startsAt', 'in_the_past')]
  }

  private checkGrid(path: 'startsAt' | 'endsAt', instant: string | undefined): FieldIssue[] {
    if (instant === undefined) return []
    const ms = Date.parse(instant)
    const minutes = this.config.slotMinutes
    if (isOnGrid(ms, minutes, offsetMinutesAt(ms, this.config.timeZone))) return []
    return [fieldIssue(path, 'not_on_grid', { minutes })]
  }

  private async checkOrganizer(id: string | undefined): Promise<FieldIssue[]> {
    if (id === undefined || (await this.users.activeIdsAmong([id])).has(id)) return []
    return [fieldIssue('organizerId', 'unknown_user')]
  }

  private async checkPeople(ids: readonly string[], invited: readonly string[] = []): Promise<FieldIssue[]> {
    const known = new Set([...(await this.users.activeIdsAmong(ids)), ...invited])
    return ids.flatMap((id, index): FieldIssue[] =>
      known.has(id) ? [] : [fieldIssue(`attendeeIds.${index}`, 'unknown_user')],
    )
  }
}
