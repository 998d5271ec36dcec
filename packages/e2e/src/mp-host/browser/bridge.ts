/**
 * What the outside gives the host: who holds the phone, and where requests go. Tests expose these functions on the
 * page before it loads.
 */
export interface Bridge {
  /** The origin that was baked into the build, such as `http://127.0.0.1:3000`; its requests go to this site's proxy. */
  bakedOrigin: string
  /** Answers `wx.login`: the code, or undefined when WeChat does not answer. */
  login(): Promise<string | undefined>
  /** Answers `wx.requestSubscribeMessage` with a result per template, or with WeChat's words for a failure. */
  requestSubscribeMessage(
    templateIds: string[],
  ): Promise<{ results: Record<string, string> } | { errCode: number; errMsg: string }>
}

declare global {
  interface Window {
    mpBakedOrigin?: string
    mpLogin?: Bridge['login']
    mpRequestSubscribeMessage?: Bridge['requestSubscribeMessage']
    /** Drives what no element of the page can: pulling the page down. */
    mpPullDown(): void
  }
}

/** @returns the bridge of this page; a call that nobody provides fails as WeChat without network would */
export function bridgeOf(page: Window): Bridge {
  return {
    bakedOrigin: page.mpBakedOrigin ?? 'http://127.0.0.1:3000',
    login: () => page.mpLogin?.() ?? Promise.resolve(undefined),
    requestSubscribeMessage: (ids) =>
      page.mpRequestSubscribeMessage?.(ids) ?? Promise.resolve({ errCode: 10002, errMsg: 'network error' }),
  }
}
