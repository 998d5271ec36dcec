import { beforeEach, describe, expect, it } from 'vitest'
import { pathOf, phone, refusal } from '../../../test/stub-uni'
import { useDevices } from './use-devices'

const session = (id: string, lastSeenAt: string, current = false) => ({
  id,
  clientId: 'web',
  method: 'password',
  device: '',
  address: '10.0.0.1',
  place: null,
  createdAt: '2026-11-01T00:00:00Z',
  lastSeenAt,
  endsAt: '2027-02-01T00:00:00Z',
  current,
})
const items = [
  session('old', '2026-11-02T00:00:00Z'),
  session('this', '2026-11-03T00:00:00Z', true),
  session('new', '2026-11-20T00:00:00Z'),
]

let answers: Record<string, ReturnType<typeof phone.answer>>
beforeEach(() => {
  answers = { 'GET /me/sessions': { statusCode: 200, data: { items, total: 3 } } }
  phone.answer = (request) => answers[`${request.method} ${pathOf(request)}`] ?? refusal(404, 'NOT_FOUND')
})

async function loaded() {
  const list = useDevices()
  await list.load()
  return { list, ids: () => list.devices.value.map(({ id }) => id) }
}

describe('where somebody is logged in', () => {
  it('begins with the device in hand, then the one used last', async () => {
    const { ids } = await loaded()
    expect(ids()).toEqual(['this', 'new', 'old'])
  })

  it('loses the device that is logged out', async () => {
    const { list, ids } = await loaded()
    answers['DELETE /me/sessions/old'] = { statusCode: 204 }
    await expect(list.end('old')).resolves.toBe(true)
    expect(ids()).toEqual(['this', 'new'])
  })

  it('loses one that has ended by itself meanwhile, too', async () => {
    const { list, ids } = await loaded()
    await expect(list.end('old')).resolves.toBe(true)
    expect(ids()).toEqual(['this', 'new'])
  })

  it('keeps only the device in hand when all others are logged out', async () => {
    const { list, ids } = await loaded()
    answers['POST /me/sessions/end-others'] = { statusCode: 200, data: { ended: 2 } }
    await expect(list.endOthers()).resolves.toBe(2)
    expect(ids()).toEqual(['this'])
  })

  it('stays as it is when that did not work, and says why', async () => {
    const { list, ids } = await loaded()
    answers['DELETE /me/sessions/old'] = refusal(503, 'SERVER_BUSY')
    await expect(list.end('old')).resolves.toBeUndefined()
    expect(list.failure.value?.code).toBe('SERVER_BUSY')
    expect(ids()).toHaveLength(3)
  })
})
