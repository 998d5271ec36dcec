import { succeed, type Callbacks } from '../callbacks'

/** What a mini program can learn of the phone it runs on. */
export function systemApi() {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const info = () => ({
    brand: 'host',
    model: 'host',
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    statusBarHeight: 20,
    language: 'zh_CN',
    version: '8.0.50',
    system: 'iOS 17.0',
    platform: 'ios',
    SDKVersion: '3.7.0',
    theme: dark.matches ? 'dark' : 'light',
    fontSizeSetting: 16,
    host: { env: 'WeChat' },
    safeArea: { left: 0, right: innerWidth, top: 20, bottom: innerHeight, width: innerWidth, height: innerHeight - 20 },
    safeAreaInsets: { top: 20, left: 0, right: 0, bottom: 0 },
  })
  const entered = () => ({ path: '', query: {}, scene: 1001, referrerInfo: {} })
  const networkType = () => ({ networkType: navigator.onLine ? 'wifi' : 'none', isConnected: navigator.onLine })
  return {
    getSystemInfoSync: info,
    getSystemInfo: (options: Callbacks<object>) => succeed(options, 'getSystemInfo', info()),
    getWindowInfo: info,
    getDeviceInfo: info,
    getAppBaseInfo: info,
    getSystemSetting: () => ({}),
    getAppAuthorizeSetting: () => ({}),
    getMenuButtonBoundingClientRect: () => ({ top: 24, bottom: 56, left: 278, right: 365, width: 87, height: 32 }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop' } }),
    getLaunchOptionsSync: entered,
    getEnterOptionsSync: entered,
    getNetworkType: (options: Callbacks<object>) => succeed(options, 'getNetworkType', networkType()),
    onNetworkStatusChange(listener: (status: object) => void) {
      for (const event of ['online', 'offline']) addEventListener(event, () => listener(networkType()))
    },
    onThemeChange: (listener: (change: { theme: string }) => void) =>
      dark.addEventListener('change', () => listener({ theme: dark.matches ? 'dark' : 'light' })),
    canIUse: () => true,
    nextTick: (run: () => void) => queueMicrotask(run),
    getRandomValues: (options: Callbacks<{ randomValues: ArrayBuffer }> & { length: number }) =>
      succeed(options, 'getRandomValues', {
        randomValues: crypto.getRandomValues(new Uint8Array(options.length)).buffer,
      }),
    setClipboardData: (options: Callbacks & { data: string }) => succeed(options, 'setClipboardData'),
  }
}
