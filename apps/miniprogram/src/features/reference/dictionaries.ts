import type { Dictionaries } from '@huiyue/contracts'
import { shallowRef } from 'vue'
import { http } from '@/http/http-client'
import { localized } from '@/lib/i18n'

const dictionaries = shallowRef<Dictionaries>({})
let loading: Promise<void> | undefined

/** Loads the map once per session. Labels are an embellishment, so a failure is left for the next screen to retry. */
export function loadDictionaries(): Promise<void> {
  loading ??= http.call('getDictionaries').then(
    (map) => {
      dictionaries.value = map
    },
    () => {
      loading = undefined
    },
  )
  return loading
}

/** The words for a code; the code itself while there are none. */
export function dictionaryLabel(dictionary: string, value: string): string {
  const item = dictionaries.value[dictionary]?.find((candidate) => candidate.value === value)
  return item ? localized(item.label) : value
}
