import { earliestStart, isOnGrid, maxBookingMinutes, offsetMinutesAt, type FieldIssue } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { AppError } from '../errors/app-error'
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
    /** Who is invited already; they may stay whatever has become of their accounts. */
    invitedIds?: readonly string[]
  }): Promise<FieldIssue[]> {
    const [room, people] = await Promise.all([
      this.checkRoom(draft.roomId),
      this.checkPeople(draft.attendeeIds ?? [], draft.invitedIds),
    ])
    return [...room, ...this.checkStart(draft.startsAt), ...this.checkGrid('endsAt', draft.endsAt), ...people]
  }

  /** @throws {AppError} `ROOM_CLOSED` */
  async assertRoomOpen(roomId: string): Promise<void> {
    const room = await this.rooms.findById(roomId)
    if (room?.status === 'closed') throw new AppError('ROOM_CLOSED', `${room.name} cannot be booked at present`)
  }

  /** Faults of a range that is made of old and new values, which the contract could not see together. */
  checkLength({ startMinute, endMinute }: MinuteRange): FieldIssue[] {
    if (endMinute <= startMinute)
      return [{ path: 'endsAt', code: 'end_not_after_start', message: 'endsAt: must be after the start' }]
    if (endMinute * 60_000 <= this.clock.now().getTime())
      return [{ path: 'endsAt', code: 'in_the_past', message: 'endsAt: is in the past' }]
    if (endMinute - startMinute <= maxBookingMinutes) return []
    const hours = maxBookingMinutes / 60
    return [{ path: 'endsAt', code: 'booking_too_long', message: `endsAt: at most ${hours} hours`, params: { hours } }]
  }

  private async checkRoom(roomId: string | undefined): Promise<FieldIssue[]> {
    if (roomId === undefined || (await this.rooms.findById(roomId))) return []
    return [{ path: 'roomId', code: 'unknown_room', message: 'roomId: there is no such room' }]
  }

  private checkStart(startsAt: string | undefined): FieldIssue[] {
    const grid = this.checkGrid('startsAt', startsAt)
    if (startsAt === undefined || grid.length > 0) return grid
    const now = this.clock.now().getTime()
    const earliest = earliestStart(now, this.config.slotMinutes, offsetMinutesAt(now, this.config.timeZone))
    if (Date.parse(startsAt) >= earliest) return []
    return [{ path: 'startsAt', code: 'in_the_past', message: 'startsAt: is in the past' }]
  }

  private checkGrid(path: 'startsAt' | 'endsAt', instant: string | undefined): FieldIssue[] {
    if (instant === undefined) return []
    const ms = Date.parse(instant)
    const minutes = this.config.slotMinutes
    if (isOnGrid(ms, minutes, offsetMinutesAt(ms, this.config.timeZone))) return []
    return [
      {
        path,
        code: 'not_on_grid',
        message: `${path}: must be on a multiple of ${minutes} minutes`,
        params: { minutes },
      },
    ]
  }

  private async checkPeople(ids: readonly string[], invited: readonly string[] = []): Promise<FieldIssue[]> {
    const known = new Set([...(await this.users.activeIdsAmong(ids)), ...invited])
    return ids.flatMap((id, index): FieldIssue[] =>
      known.has(id)
        ? []
        : [
            {
              path: `attendeeIds.${index}`,
              code: 'unknown_user',
              message: `attendeeIds.${index}: there is no such person`,
            },
          ],
    )
  }
}
