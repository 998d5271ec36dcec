import { inject, Lifecycle, scoped } from 'tsyringe'
import { KeyedMutex } from '../database/keyed-mutex'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import type { MinuteRange } from './booking-time'
import { BookingRepository, SlotTakenError } from './booking.repository'
import { presentConflict } from './booking.presenter'

const maxLooks = 3

/**
 * The one way to make a booking hold a room. In front of the database's constraint stand a mutex per room (callers of
 * this process do not meet in the database) and a look (a taken room is told without a transaction); both are for
 * speed and good answers. The constraint alone keeps the promise.
 */
@scoped(Lifecycle.ContainerScoped)
export class SlotClaimService {
  private readonly rooms = new KeyedMutex()

  constructor(
    @inject(BookingRepository) private readonly bookings: BookingRepository,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Runs the transaction that claims the range; `exceptId` is the booking that is moved.
   * @throws {AppError} `BOOKING_CONFLICT` with everything that is in the way
   */
  async claim<T>(
    target: { roomId: string; range: MinuteRange; exceptId?: string; alsoLock?: string },
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const rooms = [target.roomId, ...(target.alsoLock ? [target.alsoLock] : [])]
    return this.rooms.runAll(rooms, async () => {
      for (let look = 1; ; look++) {
        const inTheWay = await this.bookings.findOverlapping(target.roomId, target.range, target.exceptId)
        if (inTheWay.length > 0 || look > maxLooks)
          throw new AppError('BOOKING_CONFLICT', 'The room is taken at that time', {
            conflicts: inTheWay.map(presentConflict),
          })
        try {
          return await this.transactions.run(work)
        } catch (error) {
          // Another process was quicker. Look again: to name it, or to take the room when it has already left.
          if (!(error instanceof SlotTakenError)) throw error
        }
      }
    })
  }
}
