/** A message a phone received. */
export interface Message {
  /** An integer above 2^53: text, because a JavaScript number would change it. */
  msgid: string
  openid: string
  templateId: string
  page: string | null
  /** As it was sent: `{ thing4: { value } }`. */
  data: Record<string, { value: string }>
  lang: string
  miniprogramState: string
  /** ISO-8601 UTC, by the sandbox's clock. */
  sentAt: string
}

export class Messages {
  readonly #all: Message[] = []
  readonly #byOpenid = new Map<string, Message[]>()

  add(message: Message): void {
    this.#all.push(message)
    const ofOpenid = this.#byOpenid.get(message.openid) ?? []
    ofOpenid.push(message)
    this.#byOpenid.set(message.openid, ofOpenid)
  }

  /** Oldest first. */
  list(openid?: string): readonly Message[] {
    return openid === undefined ? this.#all : (this.#byOpenid.get(openid) ?? [])
  }
}
