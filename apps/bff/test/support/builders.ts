import type { AccountStatus, BuiltInRole, RoomStatus } from '@huiyue/contracts'
import { newId } from '../../src/ids'
import { RoleAssignmentModel } from '../../src/role/role.models'
import { RoomModel } from '../../src/room/room.model'
import { PasswordHasher } from '../../src/session/password-hasher'
import { newUserRow } from '../../src/setup/user-row'
import { UserModel } from '../../src/user/user.models'
import { rememberSecret } from './captured-logs'
import type { TestClock } from './test-clock'

let counter = 0
const password = 'correct horse battery'
const passwordHash = new PasswordHasher().hash(password)

/** Rows that a test owns: no test relies on another one's. */
export class Builders {
  constructor(private readonly clock: TestClock) {
    rememberSecret(password)
  }

  async user(
    wanted: { role?: BuiltInRole; name?: string; username?: string; status?: AccountStatus } = {},
  ): Promise<UserModel> {
    const username = wanted.username ?? `user${++counter}-${process.pid}`
    const unhashed = new (class extends PasswordHasher {
      override hash = () => passwordHash
    })()
    const row = await newUserRow({ username, name: wanted.name ?? `同事${counter}` }, password, unhashed, this.clock)
    const user = await UserModel.create({ ...row, status: wanted.status ?? 'active' })
    await RoleAssignmentModel.create({ userId: user.id, roleId: wanted.role ?? 'member' })
    return user
  }

  credentials(user: { username: string }): { username: string; password: string } {
    return { username: user.username, password }
  }

  async room(wanted: { name?: string; status?: RoomStatus } = {}): Promise<RoomModel> {
    return RoomModel.create({
      id: newId(),
      name: wanted.name ?? `会议室 ${++counter}`,
      location: 'A 座 3 层',
      capacity: 8,
      equipment: '["screen"]',
      status: wanted.status ?? 'open',
      sort: counter,
    })
  }

  /** A time on the quarter-hour grid, so many minutes after the test's start. */
  time(minutes: number): string {
    return new Date(Date.parse('2026-11-23T02:00:00.000Z') + minutes * 60_000).toISOString()
  }
}
