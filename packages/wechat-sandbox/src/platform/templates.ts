/** 2: one accept, one message · 3: any number until the user refuses. */
export type TemplateType = 2 | 3

export interface Keyword {
  /** Type and number, such as `thing4`. */
  keyword: string
  label: string
}

export interface Template {
  templateId: string
  title: string
  type: TemplateType
  /** WeChat's own notation, one keyword a line: `会议主题:{{thing4.DATA}}`. */
  content: string
  /** In the order of `content`; empty for a template nobody described. */
  keywords: Keyword[]
  /** The values an `enum` keyword may have; a keyword that is not here takes any. */
  enums: Record<string, string[]>
}

export type TemplateInput = Pick<Template, 'templateId' | 'title' | 'type' | 'content'> &
  Partial<Pick<Template, 'enums'>>

/** The templates of every account. */
export class Templates {
  readonly #byApp = new Map<string, Map<string, Template>>()

  put(appId: string, input: TemplateInput): Template {
    const template: Template = { enums: {}, ...input, keywords: parseContent(input.content) }
    const ofApp = this.#byApp.get(appId) ?? new Map<string, Template>()
    this.#byApp.set(appId, ofApp.set(template.templateId, template))
    return template
  }

  find(appId: string, templateId: string): Template | undefined {
    return this.#byApp.get(appId)?.get(templateId)
  }

  list(appId: string): Template[] {
    return [...(this.#byApp.get(appId)?.values() ?? [])]
  }
}

function parseContent(content: string): Keyword[] {
  return [...content.matchAll(/([^\n{}]*?)[:：]?\s*\{\{\s*(\w+)\.DATA\s*\}\}/g)].map(
    ([, label = '', keyword = '']) => ({
      keyword,
      label: label.trim() || keyword,
    }),
  )
}
