/**
 * Somebody whom an entry names beside its target: kept with the id, so that the name can be erased whatever they were
 * called then. Answers show the name alone.
 */
export interface NamedPerson {
  id: string
  name: string
}

function isPerson(value: unknown): value is NamedPerson {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value
}

/** Ids of everybody whom the fields name. */
export function peopleIn(stored: string): string[] {
  const found: string[] = []
  JSON.parse(stored, (_key, value: unknown) => {
    if (isPerson(value)) found.push(value.id)
    return value
  })
  return found
}

/** What is shown of stored fields. */
export function fieldsOf(stored: string | null): Record<string, unknown> | null {
  if (stored === null) return null
  return JSON.parse(stored, (_key, value: unknown) => (isPerson(value) ? value.name : value)) as Record<string, unknown>
}

/** The same JSON with one person under another name. */
export function renamePerson(stored: string, userId: string, name: string): string {
  const renamed = (_key: string, value: unknown) =>
    isPerson(value) && value.id === userId ? { ...value, name } : value
  return JSON.stringify(JSON.parse(stored, renamed))
}
