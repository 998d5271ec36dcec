import { computed, ref, watch } from 'vue'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]
type Theme = Exclude<ThemeChoice, 'system'>

const storageKey = 'huiyue.theme'

const stored = (): ThemeChoice => {
  const value: unknown = uni.getStorageSync(storageKey)
  return themeChoices.find((choice) => choice === value) ?? 'system'
}

/** What the person chose on this device. */
export const themeChoice = ref<ThemeChoice>(stored())

const systemTheme = ref<Theme>('light')

/** What is on screen. */
export const theme = computed<Theme>(() => (themeChoice.value === 'system' ? systemTheme.value : themeChoice.value))

/** For a page's outermost element: style sheets follow the phone by themselves, and only a choice needs a class. */
export const themeClass = computed(() => (themeChoice.value === 'system' ? '' : `theme-${themeChoice.value}`))

export function chooseTheme(choice: ThemeChoice) {
  themeChoice.value = choice
  uni.setStorageSync(storageKey, choice)
}

/** Learns what the phone has, now and whenever it changes. Call it once, at launch. */
export function startTheme() {
  const learn = (value: unknown) => {
    systemTheme.value = value === 'dark' ? 'dark' : 'light'
  }
  learn(uni.getSystemInfoSync().theme)
  uni.onThemeChange(({ theme: value }) => learn(value))
  // #ifdef H5
  // Around the pages there is more here that has colours.
  watch(
    themeClass,
    (now, before) => {
      if (before) document.documentElement.classList.remove(before)
      if (now) document.documentElement.classList.add(now)
    },
    { immediate: true },
  )
  // #endif
}
