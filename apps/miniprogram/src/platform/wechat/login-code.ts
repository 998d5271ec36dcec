/** Milliseconds to wait for WeChat's code: a login must not hang on it. */
export const loginCodeTimeoutMs = 8_000

/**
 * A fresh code of `wx.login`, good once and for five minutes; undefined where there is no WeChat or it did not answer,
 * because logging in with a password must work all the same. Never log the code.
 */
export async function getLoginCode(): Promise<string | undefined> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    uni.login({
      provider: 'weixin',
      timeout: loginCodeTimeoutMs,
      success: ({ code }) => resolve(code || undefined),
      fail: () => resolve(undefined),
    })
  })
  // #endif
  // #ifdef H5
  if (__WECHAT_SANDBOX__) {
    const { sandboxLoginCode } = await import('./sandbox/phone')
    return sandboxLoginCode()
  }
  return undefined
  // #endif
}
