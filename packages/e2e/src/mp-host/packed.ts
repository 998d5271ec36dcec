/** `app.json`, as far as the host looks at it. */
export interface AppJson {
  pages: string[]
  window?: PageJson
  tabBar?: {
    list: { pagePath: string; text: string }[]
    color?: string
    selectedColor?: string
    backgroundColor?: string
  }
}

/** A page's or component's `.json`. */
export interface PageJson {
  usingComponents?: Record<string, string>
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  enablePullDownRefresh?: boolean
}

/** A compiled mini program as one object that a browser can run. Paths have no leading slash and no extension. */
export interface PackedMiniProgram {
  app: AppJson
  /** `theme.json`: the values behind `@name` in the other JSON files. */
  theme: Record<'light' | 'dark', Record<string, string>>
  /** Scripts by path with extension. */
  js: Record<string, string>
  json: Record<string, PageJson>
  css: Record<string, string>
  /** The source of one expression that gives every template by path. */
  templates: string
}
