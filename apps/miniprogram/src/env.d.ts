/// <reference types="vite/client" />
interface ImportMetaEnv {
  /** Where the API is: empty for the same origin (H5), absolute for the mini program. */
  readonly VITE_API_BASE?: string
}

/** True in H5 of development and of the demo: login codes and subscription prompts then come from the WeChat sandbox. */
declare const __WECHAT_SANDBOX__: boolean
/** The API's origin for this build. */
declare const __API_BASE__: string
