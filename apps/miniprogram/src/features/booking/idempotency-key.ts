import { randomId } from '@/lib/random-id'

/**
 * Keys for one opened form: sending the same content again uses the same key, so that a retry after a lost answer
 * creates nothing twice; changed content is another request and gets another key.
 */
export function createIdempotencyKeys(newKey: () => string = randomId) {
  let last: { content: string; key: string } | undefined
  return {
    keyFor(content: unknown): string {
      const text = JSON.stringify(content)
      if (last?.content !== text) last = { content: text, key: newKey() }
      return last.key
    },
    /** The server says that the key stands for something else. */
    forget() {
      last = undefined
    },
  }
}
