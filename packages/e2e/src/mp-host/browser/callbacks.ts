/** The three callbacks that nearly every call of `wx` takes. */
export interface Callbacks<Result = object> {
  success?(result: Result & { errMsg: string }): void
  fail?(error: { errMsg: string; errno?: number; errCode?: number }): void
  complete?(result: object): void
}

/** Answers a call with success, later, as WeChat does. */
export function succeed(options: Callbacks<never> | undefined, name: string, result: object = {}) {
  const answer = { ...result, errMsg: `${name}:ok` }
  setTimeout(() => {
    const callbacks: Callbacks<object> | undefined = options
    callbacks?.success?.(answer)
    callbacks?.complete?.(answer)
  })
}

/** Answers a call with failure: `wx.login` failing with `timeout` says `login:fail timeout`. */
export function refuse(options: Callbacks<never> | undefined, name: string, reason: string, extra: object = {}) {
  const answer = { ...extra, errMsg: `${name}:fail${reason ? ` ${reason}` : ''}` }
  setTimeout(() => {
    options?.fail?.(answer)
    options?.complete?.(answer)
  })
}
