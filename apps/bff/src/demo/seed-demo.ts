import { instantOf, wallClockAt } from '@huiyue/contracts'
import { bookingCreatedTemplateId } from '@huiyue/wechat-sandbox/defaults'
import { slotsOf } from '../booking/booking-time'
import { AttendeeModel, BookingModel, RoomSlotModel } from '../booking/booking.models'
import type { Clock } from '../clock'
import type { Config } from '../config/config'
import { isUniqueViolation } from '../database/database-errors'
import type { TransactionRunner } from '../database/transaction-runner'
import { newId } from '../ids'
import { RoomModel } from '../room/room.model'
import type { PasswordHasher } from '../session/password-hasher'
import { newUserRow } from '../setup/user-row'
import { RoleAssignmentModel } from '../role/role.models'
import { BuildingModel } from '../room/building.model'
import { DepartmentModel, UserModel } from '../user/user.models'
import { keyOf } from '../user/user.repository'
import { demoBookings } from './demo-bookings'
import { demoPeople } from './demo-people'
import { demoRooms } from './demo-rooms'

/** The template that the sandbox knows from the start. */
export const sandboxDefaults = { templateId: bookingCreatedTemplateId }

/** Fills an empty database with the demo organisation, all of it or nothing; a filled one stays as it is. */
export async function seedDemo(
  transactions: TransactionRunner,
  passwords: PasswordHasher,
  clock: Clock,
  config: Config,
): Promise<void> {
  if (!config.demo || (await UserModel.count()) > 0) return
  const { password } = config.demo
  const departments = [...new Set(demoPeople.map((person) => person.department))].map((name, sort) => ({
    id: newId(),
    name,
    parentKey: '',
    nameKey: keyOf(name),
    sort,
  }))
  const departmentIds = new Map(departments.map((department) => [department.name, department.id]))
  const users = await Promise.all(
    demoPeople.map(async ({ username, name, department, role }) => {
      const departmentId = departmentIds.get(department)
      const person = { username, name, ...(departmentId ? { departmentId } : {}) }
      return { ...(await newUserRow(person, password, passwords, clock)), role: role ?? ('member' as const) }
    }),
  )
  const buildings = [...new Set(demoRooms.map(({ building }) => building))].map((name, sort) => ({
    id: newId(),
    name,
    sort,
  }))
  const rooms = demoRooms.map(({ closed, equipment, building, floor, ...room }, sort) => ({
    ...room,
    id: newId(),
    buildingId: known(new Map(buildings.map(({ id, name }) => [name, id])), building),
    location: `${building} ${floor}`,
    equipment: JSON.stringify(equipment),
    status: closed ? ('closed' as const) : ('open' as const),
    sort,
  }))
  const bookings = bookingRows(users, rooms, clock.now(), config.timeZone)
  try {
    await transactions.run(async (transaction) => {
      await DepartmentModel.bulkCreate(departments, { transaction })
      await UserModel.bulkCreate(users, { transaction })
      await RoleAssignmentModel.bulkCreate(
        users.map(({ id, role }) => ({ userId: id, roleId: role })),
        { transaction },
      )
      await BuildingModel.bulkCreate(buildings, { transaction })
      await RoomModel.bulkCreate(rooms, { transaction })
      await BookingModel.bulkCreate(
        bookings.map(({ attendeeIds: _people, ...booking }) => booking),
        { transaction },
      )
      await RoomSlotModel.bulkCreate(
        bookings.flatMap((booking) =>
          slotsOf(booking).map((slotNo) => ({ roomId: booking.roomId, slotNo, bookingId: booking.id })),
        ),
        { transaction },
      )
      await AttendeeModel.bulkCreate(
        bookings.flatMap(({ id, attendeeIds }) => attendeeIds.map((userId) => ({ bookingId: id, userId }))),
        { transaction },
      )
    })
  } catch (error) {
    // Another process that started at the same moment has filled it.
    if (!isUniqueViolation(error)) throw error
  }
}

function bookingRows(
  users: readonly { id: string; username: string }[],
  rooms: readonly { id: string; name: string }[],
  now: Date,
  timeZone: string,
) {
  const userIds = new Map(users.map((user) => [user.username, user.id]))
  const roomIds = new Map(rooms.map((room) => [room.name, room.id]))
  const today = wallClockAt(now.getTime(), timeZone)
  return demoBookings.map(({ room, title, organizer, attendees, day, from, to }) => {
    const minuteAt = (time: string) => {
      const [hour = 0, minute = 0] = time.split(':').map(Number)
      return instantOf({ ...today, day: today.day + day, hour, minute }, timeZone) / 60_000
    }
    const organizerId = known(userIds, organizer)
    return {
      id: newId(),
      roomId: known(roomIds, room),
      title,
      note: null,
      organizerId,
      createdBy: organizerId,
      startMinute: minuteAt(from),
      endMinute: minuteAt(to),
      status: 'confirmed' as const,
      version: 1,
      createdAt: now,
      updatedAt: now,
      attendeeIds: attendees.map((username) => known(userIds, username)),
    }
  })
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (!id) throw new Error(`The demo speaks of ${name}, whom it does not have`)
  return id
}
