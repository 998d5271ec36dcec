import { offsetTextAt } from './org-time'

/** The zones this browser knows by name, with what their clocks are ahead of UTC now. */
export function timeZoneOptions(known: readonly string[], now = Date.now()): { value: string; label: string }[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...known])
  return [...names].map((name) => ({ value: name, label: `${name} (UTC${offsetTextAt(now, name)})` }))
}
