import type { AccountStatus, BuiltInRole, Permission, RoomStatus } from '@huiyue/contracts'
import { newId } from '../../src/ids'
import { RoleAssignmentModel, RoleModel } from '../../src/role/role.models'
import { BuildingModel } from '../../src/room/building.model'
import { RoomModel } from '../../src/room/room.model'
import { PasswordHasher } from '../../src/session/password-hasher'
import { newUserRow } from '../../src/setup/user-row'
import { DepartmentModel, UserModel } from '../../src/user/user.models'
import { keyOf } from '../../src/user/user.repository'
import { rememberSecret } from './captured-logs'
import type { TestClock } from './test-clock'

let counter = 0
const password = 'correct horse battery'
const passwordHash = new PasswordHasher().hash(password)

/** A role everywhere, or in one place. */
export interface HeldRole {
  roleId: string
  buildingId?: string
  departmentId?: string
}

/** Rows that a test owns: no test relies on another one's. */
export class Builders {
  constructor(private readonly clock: TestClock) {
    rememberSecret(password)
  }

  /** @param wanted.roles instead of one built-in role everywhere */
  async user(
    wanted: {
      role?: BuiltInRole
      roles?: readonly HeldRole[]
      name?: string
      username?: string
      status?: AccountStatus
      departmentId?: string
    } = {},
  ): Promise<UserModel> {
    const username = wanted.username ?? `user${++counter}-${process.pid}`
    const unhashed = new (class extends PasswordHasher {
      override hash = () => passwordHash
    })()
    const { name = `同事${counter}`, departmentId } = wanted
    const person = { username, name, ...(departmentId ? { departmentId } : {}) }
    const row = await newUserRow(person, password, unhashed, this.clock)
    const user = await UserModel.create({ ...row, status: wanted.status ?? 'active' })
    for (const { roleId, ...scope } of wanted.roles ?? [{ roleId: wanted.role ?? 'member' }]) {
      const [[kind, id] = []] = Object.entries(scope)
      const scopeKey = kind && id ? `${kind.slice(0, -2)}:${id}` : ''
      await RoleAssignmentModel.create({ userId: user.id, roleId, scopeKey, ...scope })
    }
    return user
  }

  async department(wanted: { name?: string; parentId?: string } = {}): Promise<DepartmentModel> {
    const { name = `部门 ${++counter}`, parentId = null } = wanted
    return DepartmentModel.create({
      ...{ id: newId(), name, parentId, sort: 0 },
      parentKey: parentId ?? '',
      nameKey: keyOf(name),
    })
  }

  async building(name = `${++counter} 号楼`): Promise<BuildingModel> {
    return BuildingModel.create({ id: newId(), name, sort: counter })
  }

  async role(permissions: readonly Permission[], name = `角色 ${++counter}`): Promise<RoleModel> {
    const now = this.clock.now()
    return RoleModel.create({
      ...{ id: newId(), name, nameKey: keyOf(name), description: '', builtIn: false },
      ...{ permissions: JSON.stringify(permissions), createdAt: now, updatedAt: now },
    })
  }

  credentials(user: { username: string }): { username: string; password: string } {
    return { username: user.username, password }
  }

  async room(wanted: { name?: string; status?: RoomStatus; buildingId?: string } = {}): Promise<RoomModel> {
    return RoomModel.create({
      id: newId(),
      name: wanted.name ?? `会议室 ${++counter}`,
      buildingId: wanted.buildingId ?? null,
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
