import { readonly, ref } from 'vue'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

/** Also read by the script in index.html, which sets the colours before the first paint. */
const storageKey = 'huiyue.theme'
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)')
const chosen = ref<Theme>('system')

/** What the person chose in this browser; until then, whatever the system says. */
export const theme = readonly(chosen)

export function setTheme(next: Theme): void {
  window.localStorage.setItem(storageKey, next)
  apply()
}

/** Element Plus and our own colours switch on `html.dark`; from here on that class follows choice and system. */
export function followTheme(): void {
  systemDark().addEventListener('change', apply)
  window.addEventListener('storage', ({ key }) => {
    if (key === storageKey) apply()
  })
  apply()
}

function apply(): void {
  const stored = window.localStorage.getItem(storageKey)
  chosen.value = themes.find((one) => one === stored) ?? 'system'
  const dark = chosen.value === 'dark' || (chosen.value === 'system' && systemDark().matches)
  document.documentElement.classList.toggle('dark', dark)
  const bar = getComputedStyle(document.documentElement).getPropertyValue('--bg')
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', bar)
}
