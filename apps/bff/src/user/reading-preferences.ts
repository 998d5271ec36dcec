import { wallClockAt, type Locale } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import { UserRepository } from './user.repository'

/** How somebody reads what the server writes into files for them. */
export interface ReadingPreference {
  locale: Locale
  timeZone: string
  /** A moment on their wall clock, such as `2026-11-23 10:00:00`. */
  time(instant: Date): string
}

@scoped(Lifecycle.ContainerScoped)
export class ReadingPreferences {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(ConfigToken) private readonly config: Config,
  ) {}

  async of(userId: string): Promise<ReadingPreference> {
    const user = await this.users.findById(userId)
    const timeZone = user?.timeZone ?? this.config.timeZone
    return { locale: user?.locale ?? 'zh-CN', timeZone, time: (instant) => onWallClock(instant, timeZone) }
  }
}

function onWallClock(instant: Date, timeZone: string): string {
  const { year, month, day, hour, minute } = wallClockAt(instant.getTime(), timeZone)
  const [mm, dd, h, m, s] = [month, day, hour, minute, instant.getUTCSeconds()].map((n) => String(n).padStart(2, '0'))
  return `${year}-${mm}-${dd} ${h}:${m}:${s}`
}
