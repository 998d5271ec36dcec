import { describe, expect, it } from 'vitest'
import { bookingCreatedTemplateId as templateId } from '../defaults'
import { type SandboxSettings } from '../server'
import { sandboxForTest } from '../testing'

interface PromptAnswer {
  id: string
  status: 'open' | 'answered'
  templates: { templateId: string; title: string; keywords: { keyword: string; label: string }[] }[]
  result?: Record<string, string>
}

async function ready(settings: SandboxSettings = {}) {
  const sandbox = await sandboxForTest(settings)
  const openid = await sandbox.user()
  return {
    sandbox,
    openid,
    ask: (templateIds: string[] = [templateId]) => sandbox.control<PromptAnswer>('/prompts', { openid, templateIds }),
    answer: (id: string, answers: Record<string, string>, always = false) =>
      sandbox.control<PromptAnswer>(`/prompts/${id}/answer`, { answers, always }),
    wait: (id: string, seconds: number) => sandbox.read<PromptAnswer>(`/prompts/${id}?wait=${seconds}`),
    remaining: async (id = templateId) => {
      const { items } = await sandbox.read<{ items: { templateId: string; remaining: number }[] }>(
        `/subscriptions?openid=${openid}`,
      )
      return items.find((item) => item.templateId === id)?.remaining
    },
    add: (id: string, title: string, type = 2) =>
      sandbox.control('/templates', { templateId: id, title, type, content: '事项:{{thing1.DATA}}' }),
  }
}

const ok = { errMsg: 'requestSubscribeMessage:ok' }

describe('subscription pop-up', () => {
  it('waits for its answer, and an accept earns one message', async () => {
    const { ask, answer, wait, remaining } = await ready()
    const prompt = await ask()
    expect(prompt).toMatchObject({ status: 'open', templates: [{ templateId, title: '会议预约通知' }] })
    expect(prompt.templates[0]?.keywords[0]).toEqual({ keyword: 'thing4', label: '会议主题' })
    expect(prompt).not.toHaveProperty('result')

    const waiting = wait(prompt.id, 30)
    const answered = await answer(prompt.id, { [templateId]: 'accept' })
    expect(answered).toMatchObject({ status: 'answered', result: { ...ok, [templateId]: 'accept' } })
    expect(await waiting).toEqual(answered)
    expect(await wait(prompt.id, 30)).toEqual(answered)
    expect(await remaining()).toBe(1)
  })

  it('comes back still open when nobody answers in time', async () => {
    const { ask, wait } = await ready()
    const { id } = await ask()
    expect(await wait(id, 0.05)).toMatchObject({ id, status: 'open' })
    expect(await wait(id, 0)).toMatchObject({ id, status: 'open' })
  })

  it('takes nothing away when it is rejected once', async () => {
    const { ask, answer, remaining } = await ready()
    await answer((await ask()).id, { [templateId]: 'accept' })
    const rejected = await answer((await ask()).id, { [templateId]: 'reject' })
    expect(rejected.result).toEqual({ ...ok, [templateId]: 'reject' })
    expect(await remaining()).toBe(1)
    expect((await ask()).status).toBe('open')
  })

  it('is not shown again once "always" was kept, and earns one message each time', async () => {
    const { ask, answer, remaining } = await ready()
    await answer((await ask()).id, { [templateId]: 'accept' }, true)
    expect(await ask()).toMatchObject({ status: 'answered', templates: [], result: { ...ok, [templateId]: 'accept' } })
    expect(await remaining()).toBe(2)
  })

  it('answers "reject" by itself after a kept reject, until the settings page accepts', async () => {
    const { sandbox, openid, ask, answer, remaining } = await ready()
    await sandbox.accept(openid, 3)
    await answer((await ask()).id, {}, true)
    expect(await remaining()).toBe(0)
    expect((await ask()).result).toEqual({ ...ok, [templateId]: 'reject' })
    await sandbox.accept(openid)
    expect((await ask()).status).toBe('open')
  })

  it('answers "ban" for a banned template without asking', async () => {
    const { sandbox, openid, ask } = await ready()
    await sandbox.control('/subscriptions', { openid, templateId, result: 'ban' })
    expect((await ask()).result).toEqual({ ...ok, [templateId]: 'ban' })
  })

  it('asks only for what was not kept, filters equal titles, and takes a missing answer as a reject', async () => {
    const { ask, answer, add, remaining } = await ready()
    await add('T1', '变更通知')
    await add('T2', '变更通知')
    await add('T3', '取消通知')
    await answer((await ask()).id, { [templateId]: 'accept' }, true)
    const prompt = await ask([templateId, 'T1', 'T2', 'T3'])
    expect(prompt.templates.map((template) => template.templateId)).toEqual(['T1', 'T3'])
    const { result } = await answer(prompt.id, { T1: 'accept' })
    expect(result).toEqual({ ...ok, [templateId]: 'accept', T1: 'accept', T2: 'filter', T3: 'reject' })
    expect([await remaining('T1'), await remaining('T2'), await remaining('T3')]).toEqual([1, 0, 0])
  })

  it('gives way to the next one on the same phone', async () => {
    const { ask, wait } = await ready()
    const first = await ask()
    const second = await ask()
    expect((await wait(first.id, 0)).result).toEqual({ ...ok, [templateId]: 'reject' })
    expect((await wait(second.id, 0)).status).toBe('open')
  })

  it('takes one answer, and only for what it asks', async () => {
    const { sandbox, ask, answer } = await ready()
    const { id } = await ask()
    const post = (answers: Record<string, string>) => sandbox.post(`/__sandbox/prompts/${id}/answer`, { answers })
    expect(await (await post({ other: 'accept' })).json()).toMatchObject({ error: { code: 'TEMPLATE_NOT_ASKED' } })
    await answer(id, { [templateId]: 'accept' })
    const again = await post({ [templateId]: 'accept' })
    expect(again.status).toBe(400)
    expect(await again.json()).toMatchObject({ error: { code: 'PROMPT_ANSWERED' } })
  })

  it.each([
    [[], 10001, "TmplIds can't be empty"],
    [['unknown'], 20001, 'No template data return, verify the template id exist'],
    [[templateId, 'long'], 20002, 'Templates type must be same'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 20003, 'Templates count out of max bounds'],
  ])('fails as the client does for %j', async (templateIds, errCode, text) => {
    const { sandbox, openid, add } = await ready()
    await add('long', '长期通知', 3)
    const response = await sandbox.post('/__sandbox/prompts', { openid, templateIds })
    expect(response.status).toBe(400)
    const errMsg = `requestSubscribeMessage:fail ${text}`
    expect(await response.json()).toEqual({
      error: { code: 'SUBSCRIBE_REQUEST_FAILED', message: errMsg, errCode, errMsg },
    })
  })

  it('wakes those who wait when everything is reset', async () => {
    const { sandbox, ask } = await ready()
    const { id } = await ask()
    const waiting = sandbox.get(`/__sandbox/prompts/${id}?wait=30`)
    await Promise.all([waiting.then(({ status }) => expect(status).toBe(404)), sandbox.control('/reset')])
  })
})
