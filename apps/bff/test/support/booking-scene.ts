import type { CreateBookingInput } from '@huiyue/contracts'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { RoomModel } from '../../src/room/room.model'
import { createTestApp, type TestApp } from './test-app'

type Person = Awaited<ReturnType<TestApp['signIn']>>

export interface BookingScene {
  app: TestApp
  /** Of the running test alone. */
  room: RoomModel
  organizer: Person
  colleague: Person
}

/** Two people for a test file, and a free room for each of its tests, handed to `use` before every test. */
export function bookingScene(use: (scene: BookingScene) => void) {
  let scene: BookingScene

  beforeAll(async () => {
    const app = await createTestApp()
    const [organizer, colleague] = [await app.signIn('member', '李雷'), await app.signIn('member', '韩梅梅')]
    scene = { app, organizer, colleague, room: await app.build.room() }
  })
  afterAll(() => scene.app.close())
  afterEach(() => scene.app.clock.reset())
  beforeEach(async () => {
    scene.room = await scene.app.build.room()
    use(scene)
  })

  /** A booking of the test's own room, from and to in minutes after the test clock. */
  const draft = (from = 60, to = 120, more: Partial<CreateBookingInput> = {}): CreateBookingInput => {
    const { app, room } = scene
    return { roomId: room.id, title: '周会', startsAt: app.build.time(from), endsAt: app.build.time(to), ...more }
  }
  const book = (input = draft(), key?: string, person = scene.organizer) => {
    const headers = key ? { 'idempotency-key': key } : {}
    return scene.app.call('createBooking', { headers, body: input }, person.token)
  }
  return { draft, book }
}
