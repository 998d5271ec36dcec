import type { SandboxOptions } from '../options'
import { type Template } from './templates'

export type Choice = 'accept' | 'reject'
export type Refusal = 'reject' | 'ban'

interface Row {
  accepts: number
  refusal: Refusal | null
  always: Choice | null
}

export interface Subscription {
  templateId: string
  /** `none`: never asked or nothing left. */
  status: 'none' | 'accept' | Refusal
  /** Messages that may still be sent; null: a long-term template that was accepted, without limit. */
  remaining: number | null
  /** What "always keep this choice" was ticked with. */
  always: Choice | null
}

/** What each person accepted, refused and chose to keep, per template. */
export class Ledger {
  readonly #rows = new Map<string, Row>()

  constructor(private readonly options: () => SandboxOptions) {}

  view(openid: string, template: Template): Subscription {
    const { accepts, refusal, always } = this.#row(openid, template)
    const allowed = refusal === null && accepts > 0
    return {
      templateId: template.templateId,
      status: refusal ?? (allowed ? 'accept' : 'none'),
      remaining: allowed ? (template.type === 3 ? null : accepts) : 0,
      always,
    }
  }

  /** Accepting ends an earlier refusal, a ban and a kept "no": it is what the settings page does. */
  accept(openid: string, template: Template, count = 1): void {
    const row = this.#row(openid, template)
    row.accepts += count
    row.refusal = null
    if (row.always === 'reject') row.always = null
  }

  refuse(openid: string, template: Template, refusal: Refusal): void {
    const row = this.#row(openid, template)
    row.refusal = refusal
    if (row.always === 'accept') row.always = null
    if (!this.options().refusalKeepsAccepts) row.accepts = 0
  }

  keep(openid: string, template: Template, choice: Choice): void {
    this.#row(openid, template).always = choice
  }

  mayReceive(openid: string, template: Template): boolean {
    return this.view(openid, template).status === 'accept'
  }

  use(openid: string, template: Template): void {
    if (template.type === 2) this.#row(openid, template).accepts -= 1
  }

  #row(openid: string, { templateId }: Template): Row {
    const key = `${openid} ${templateId}`
    const known = this.#rows.get(key)
    if (known) return known
    const row: Row = { accepts: 0, refusal: null, always: null }
    this.#rows.set(key, row)
    return row
  }
}
