import { type Bridge } from '../bridge'
import { refuse, succeed, type Callbacks } from '../callbacks'

/** WeChat's own services, answered by whoever holds the phone. */
export function wechatApi(bridge: Bridge, taps: { inTap: boolean }) {
  return {
    login(options: Callbacks<{ code: string }> & { timeout?: number }) {
      const late = setTimeout(() => refuse(options, 'login', 'timeout'), options.timeout ?? 60_000)
      void bridge.login().then((code) => {
        clearTimeout(late)
        if (code) succeed(options, 'login', { code })
        else refuse(options, 'login', '', { errno: 600_001 })
      })
    },
    checkSession: (options: Callbacks) => succeed(options, 'checkSession'),
    requestSubscribeMessage(options: Callbacks & { tmplIds: string[] }) {
      const name = 'requestSubscribeMessage'
      // WeChat shows the question only while a tap is being handled.
      if (!taps.inTap) return refuse(options, name, 'can only be invoked by user TAP gesture.', { errCode: 20_000 })
      void bridge.requestSubscribeMessage(options.tmplIds).then((answer) => {
        if ('results' in answer) succeed(options, name, answer.results)
        else refuse(options, name, answer.errMsg, { errCode: answer.errCode })
      })
    },
  }
}
