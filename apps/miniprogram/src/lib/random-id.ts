const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** An id that no other form or prompt has: mini programs have no `crypto`, and nothing here must be unguessable. */
export function randomId(): string {
  let text = Date.now().toString(36)
  for (let i = 0; i < 16; i++) text += alphabet.charAt(Math.floor(Math.random() * alphabet.length))
  return text
}
