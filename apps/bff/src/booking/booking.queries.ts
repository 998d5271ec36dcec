import type { Booking, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AppError } from '../errors/app-error'
import type { Call } from '../http/call'
import type { Actor } from '../session/actor'
import { rangeOf } from './booking-time'
import { BookingPresenter } from './booking.presenter'
import { BookingRepository } from './booking.repository'

/** The use cases that read bookings. */
@scoped(Lifecycle.ContainerScoped)
export class BookingQueries {
  constructor(
    @inject(BookingRepository) private readonly bookings: BookingRepository,
    @inject(BookingPresenter) private readonly presenter: BookingPresenter,
  ) {}

  /** @throws {AppError} `NOT_FOUND` */
  async get(actor: Actor, id: string): Promise<Booking> {
    const booking = await this.bookings.findById(id)
    const [presented] = booking ? await this.presenter.present([booking], actor) : []
    if (!presented) throw new AppError('NOT_FOUND', 'There is no such booking')
    return presented
  }

  async list(actor: Actor, query: Call<'listBookings'>['query']): Promise<OperationResponse<'listBookings'>> {
    const { rows, count } = await this.bookings.findByRange(rangeOf(query.from, query.to), {
      limit: query.limit,
      offset: query.offset,
      ...(query.mine ? { involving: actor.userId } : {}),
      ...(query.roomId ? { roomId: query.roomId } : {}),
      ...(query.includeCancelled ? { includeCancelled: true } : {}),
    })
    return { items: await this.presenter.present(rows, actor), total: count }
  }
}
