import type { Booking, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { BookingQueries } from './booking.queries'
import { BookingService } from './booking.service'

@scoped(Lifecycle.ContainerScoped)
export class BookingController {
  constructor(
    @inject(BookingService) private readonly service: BookingService,
    @inject(BookingQueries) private readonly queries: BookingQueries,
  ) {}

  create({ actor, body, headers }: Call<'createBooking'>): Promise<Booking> {
    return this.service.create(actor, body, headers['idempotency-key'])
  }

  list({ actor, query }: Call<'listBookings'>): Promise<OperationResponse<'listBookings'>> {
    return this.queries.list(actor, query)
  }

  get({ actor, params }: Call<'getBooking'>): Promise<Booking> {
    return this.queries.get(actor, params.id)
  }

  update({ actor, params, body }: Call<'updateBooking'>): Promise<Booking> {
    return this.service.update(actor, params.id, body)
  }

  cancel({ actor, params, body, query }: Call<'cancelBooking'>): Promise<Booking> {
    return this.service.cancel(actor, params.id, { ...query, ...body })
  }
}
