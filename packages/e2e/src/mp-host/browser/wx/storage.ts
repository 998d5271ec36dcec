import { refuse, succeed, type Callbacks } from '../callbacks'

const prefix = 'mp:'

interface KeyOptions extends Callbacks<{ data: unknown }> {
  key: string
}

const read = (key: string): unknown => {
  const text = localStorage.getItem(prefix + key)
  return text === null ? undefined : JSON.parse(text)
}
const write = (key: string, data: unknown) => localStorage.setItem(prefix + key, JSON.stringify(data ?? ''))
const keys = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))

/** `wx` storage, kept over a restart of the mini program as on a phone. */
export const storageApi = {
  getStorageSync: (key: string) => read(key) ?? '',
  setStorageSync: write,
  removeStorageSync: (key: string) => localStorage.removeItem(prefix + key),
  clearStorageSync: () => keys().forEach((key) => localStorage.removeItem(prefix + key)),
  getStorageInfoSync: () => ({ keys: keys(), currentSize: 0, limitSize: 10_240 }),
  getStorage: (options: KeyOptions) => {
    const data = read(options.key)
    if (data === undefined) refuse(options, 'getStorage', 'data not found')
    else succeed(options, 'getStorage', { data })
  },
  setStorage: (options: KeyOptions & { data: unknown }) => {
    write(options.key, options.data)
    succeed(options, 'setStorage')
  },
  removeStorage: (options: KeyOptions) => {
    localStorage.removeItem(prefix + options.key)
    succeed(options, 'removeStorage')
  },
}
