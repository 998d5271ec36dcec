import { describe, expect, it } from 'vitest'
import { bookingCreatedTemplateId as templateId } from '../defaults'
import { sandboxForTest, sendPath } from '../testing'
import { type Fault, type Phone, type SandboxClock, type Snapshot } from './page-types'

/** Reads one event after the other. */
async function listen(url: string) {
  const response = await fetch(`${url}/__sandbox/events`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let buffered = ''
  const next = async (): Promise<{ name: string; data: unknown }> => {
    for (;;) {
      const end = buffered.indexOf('\n\n')
      if (end < 0) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        buffered += value
        continue
      }
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(buffered.slice(0, end)) ?? []
      buffered = buffered.slice(end + 2)
      if (name !== undefined && data !== undefined) return { name, data: JSON.parse(data) as unknown }
    }
  }
  return {
    type: response.headers.get('content-type'),
    until: async <T>(name: string): Promise<T> => {
      for (;;) {
        const event = await next()
        if (event.name === name) return event.data as T
      }
    },
  }
}

describe('event stream', () => {
  it('starts with everything there is', async () => {
    const sandbox = await sandboxForTest({ h5Url: 'http://127.0.0.1:3000/m/' })
    const openid = await sandbox.user()
    await sandbox.accept(openid, 2)
    await sandbox.legacyToken()
    const events = await listen(sandbox.url)
    expect(events.type).toBe('text/event-stream; charset=utf-8')
    const snapshot = await events.until<Snapshot>('snapshot')
    expect(snapshot.h5Url).toBe('http://127.0.0.1:3000/m/')
    expect(snapshot.calls).toHaveLength(1)
    expect(snapshot.phones).toMatchObject([{ openid, nickname: '李雷', cards: [], prompt: null }])
    expect(snapshot.phones[0]?.subscriptions).toMatchObject([{ templateId, remaining: 2 }])
  })

  it('tells of pop-ups, cards, faults and the clock as they come', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    const { access_token: token = '' } = await sandbox.stableToken()
    const events = await listen(sandbox.url)
    await events.until('snapshot')

    const { id } = await sandbox.control<{ id: string }>('/prompts', { openid, templateIds: [templateId] })
    expect((await events.until<Phone>('phone')).prompt).toMatchObject({ id, app: '会约', templates: [{ templateId }] })
    await sandbox.control(`/prompts/${id}/answer`, { answers: { [templateId]: 'accept' } })
    expect(await events.until<Phone>('phone')).toMatchObject({ prompt: null, subscriptions: [{ remaining: 1 }] })

    await sandbox.send(token, { touser: openid, page: 'pages/booking/detail?id=7' })
    const phone = await events.until<Phone>('phone')
    expect(phone.subscriptions[0]?.remaining).toBe(0)
    expect(phone.cards).toMatchObject([{ app: '会约', title: '会议预约通知', page: 'pages/booking/detail?id=7' }])
    expect(phone.cards[0]?.rows.map(({ label }) => label)).toEqual([
      '会议主题',
      '会议室',
      '会议时间',
      '开始时间',
      '发起人',
    ])
    expect(await events.until('call')).toMatchObject({ path: sendPath, errcode: 0 })

    await sandbox.control('/faults', { path: sendPath, errcode: -1 })
    expect(await events.until<Fault[]>('faults')).toMatchObject([{ path: sendPath, left: 1 }])
    await sandbox.advance(60)
    expect((await events.until<SandboxClock>('clock')).offsetSeconds).toBe(60)
    await sandbox.control('/reset')
    expect((await events.until<Snapshot>('snapshot')).phones).toEqual([])
  })

  it('shows the last thirty cards and says how many there were', async () => {
    const sandbox = await sandboxForTest()
    const openid = await sandbox.user()
    const { access_token: token = '' } = await sandbox.stableToken()
    await sandbox.accept(openid, 32)
    for (let n = 0; n < 32; n += 1) await sandbox.send(token, { touser: openid, page: `pages/${n}` })
    const { phones } = await (await listen(sandbox.url)).until<Snapshot>('snapshot')
    expect(phones[0]?.received).toBe(32)
    expect(phones[0]?.cards.map(({ page }) => page)).toEqual(Array.from({ length: 30 }, (_, n) => `pages/${n + 2}`))
  })
})
