import { type Choice, type Ledger } from './ledger'
import { type Template } from './templates'

type Outcome = Choice | 'ban' | 'filter'

/** What `wx.requestSubscribeMessage` hands to `success`. */
export type PromptResult = { errMsg: 'requestSubscribeMessage:ok' } & Record<string, string>

export interface Prompt {
  id: string
  userId: number
  openid: string
  requested: string[]
  /** The templates the pop-up shows: those without a kept choice. */
  asked: Template[]
  settled: Map<string, Outcome>
  result: PromptResult | null
}

/** The subscription pop-ups, at most one open on each phone. */
export class Prompts {
  readonly #prompts = new Map<string, Prompt>()
  readonly #open = new Map<number, Prompt>()
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(private readonly ledger: Ledger) {}

  /** Opens the pop-up, or answers at once when nothing is left to ask. A pop-up already open there is refused. */
  open(userId: number, openid: string, templates: readonly Template[]): Prompt {
    const id = String(this.#prompts.size + 1)
    const prompt: Prompt = {
      id,
      userId,
      openid,
      requested: templates.map(({ templateId }) => templateId),
      asked: [],
      settled: new Map(),
      result: null,
    }
    const titles = new Set<string>()
    for (const template of templates) {
      const { status, always } = this.ledger.view(openid, template)
      if (titles.has(template.title)) prompt.settled.set(template.templateId, 'filter')
      else if (status === 'ban') prompt.settled.set(template.templateId, 'ban')
      else if (always !== null) this.#settle(prompt, template, always)
      else prompt.asked.push(template)
      titles.add(template.title)
    }
    this.#prompts.set(id, prompt)
    const previous = this.#open.get(userId)
    if (previous) this.answer(previous, {}, false)
    if (prompt.asked.length > 0) this.#open.set(userId, prompt)
    else this.#finish(prompt)
    return prompt
  }

  find(id: string): Prompt | undefined {
    return this.#prompts.get(id)
  }

  openOn(userId: number): Prompt | undefined {
    return this.#open.get(userId)
  }

  /** A template left out of `answers` is one whose box was not ticked: refused. */
  answer(prompt: Prompt, answers: Readonly<Record<string, Choice>>, always: boolean): void {
    for (const template of prompt.asked) {
      const choice = Object.hasOwn(answers, template.templateId) ? answers[template.templateId]! : 'reject'
      this.#settle(prompt, template, choice)
      if (!always) continue
      if (choice === 'reject') this.ledger.refuse(prompt.openid, template, 'reject')
      this.ledger.keep(prompt.openid, template, choice)
    }
    this.#finish(prompt)
  }

  /** Calls back once: when the prompt is answered or forgotten. @returns how to stop waiting */
  whenAnswered(prompt: Prompt, callback: () => void): () => void {
    const waiting = this.#waiting.get(prompt.id) ?? new Set()
    this.#waiting.set(prompt.id, waiting.add(callback))
    return () => waiting.delete(callback)
  }

  /** Wakes everyone who waits; used when the sandbox goes back to its start. */
  abandon(): void {
    for (const id of [...this.#waiting.keys()]) this.#wake(id)
  }

  /** A plain "no" in the pop-up earns nothing and takes nothing away; only a kept one is a refusal. */
  #settle(prompt: Prompt, template: Template, choice: Choice): void {
    prompt.settled.set(template.templateId, choice)
    if (choice === 'accept') this.ledger.accept(prompt.openid, template)
  }

  #finish(prompt: Prompt): void {
    if (this.#open.get(prompt.userId) === prompt) this.#open.delete(prompt.userId)
    prompt.result = {
      errMsg: 'requestSubscribeMessage:ok',
      ...Object.fromEntries(prompt.requested.map((id) => [id, prompt.settled.get(id) ?? 'reject'])),
    }
    this.#wake(prompt.id)
  }

  #wake(id: string): void {
    const waiting = this.#waiting.get(id) ?? []
    this.#waiting.delete(id)
    for (const callback of waiting) callback()
  }
}
