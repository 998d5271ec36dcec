import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { builtInTags } from './built-in-tags'
import { type AppJson, type PackedMiniProgram, type PageJson } from './packed'

/** What the template compiler says about one template. */
interface TemplateNotice {
  message?: string
  free?(): void
}

/**
 * Gathers a compiled mini program (`dist/build/mp-weixin`).
 * @throws Error naming every template that WeChat's template compiler refuses
 */
export function packMiniProgram(folder: string): PackedMiniProgram {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const readJson = <T>(file: string): T => JSON.parse(read(file)) as T
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.split(sep).join(posix.sep))
  const withExtension = (extension: string) => files.filter((file) => file.endsWith(extension))
  const stem = (file: string) => file.replace(/\.[^.]+$/, '')
  const isSetting = (file: string) => /^(app|theme|sitemap|project\..*)\.json$/.test(file)

  const group = new TmplGroup()
  const problems: string[] = []
  for (const file of withExtension('.wxml')) {
    const notices: TemplateNotice[] = group.addTmpl(stem(file), toGlassEasel(read(file))) ?? []
    for (const notice of notices) {
      const message = notice.message ?? String(notice)
      if (!/empty|unusual/i.test(message)) problems.push(`${file}: ${message}`)
      notice.free?.()
    }
  }
  for (const file of withExtension('.wxs')) group.addScript(stem(file), read(file))
  const templates = group.getTmplGenObjectGroups()
  group.free()
  if (problems.length > 0) throw new Error(`templates with problems:\n${problems.join('\n')}`)

  const byPath = <T>(list: string[], value: (file: string) => T) =>
    Object.fromEntries(list.map((file) => [stem(file), value(file)]))
  return {
    app: readJson<AppJson>('app.json'),
    theme: { light: {}, dark: {}, ...(files.includes('theme.json') ? readJson<object>('theme.json') : {}) },
    js: Object.fromEntries(withExtension('.js').map((file) => [file, read(file)])),
    json: byPath(
      withExtension('.json').filter((file) => !isSetting(file)),
      (file) => readJson<PageJson>(file),
    ),
    css: byPath(withExtension('.wxss'), (file) => toCss(file, read)),
    templates,
  }
}

/**
 * Built-in tags get names of their own, so that `<input>` is not HTML's void element; `bindtap` becomes `bind:tap`,
 * the only spelling that glass-easel knows.
 */
function toGlassEasel(wxml: string): string {
  const tags = new RegExp(`<(/?)(${builtInTags.join('|')})(?=[\\s/>])`, 'g')
  return wxml
    .replace(tags, '<$1wx-$2')
    .replace(/(\s)(capture-bind|capture-catch|mut-bind|bind|catch)([a-zA-Z_][\w-]*=")/g, '$1$2:$3')
}

/** WXSS as CSS: imports pulled in, `rpx` as a 750th of the width, and `page` as the host's element for a page. */
function toCss(file: string, read: (file: string) => string): string {
  return read(file)
    .replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;/g, (_all, path: string) =>
      toCss(path.startsWith('/') ? path.slice(1) : posix.join(dirname(file), path), read),
    )
    .replace(/(-?\d*\.?\d+)rpx/g, (_all, amount: string) => `calc(var(--rpx) * ${amount})`)
    .replace(/(^|[{},\s])page(?=[\s{,.:>])/g, '$1mp-page')
    .replace(tagInSelector, '$1wx-$2')
}

/** A built-in tag's name in a selector: what follows up to the next brace opens a block. */
const tagInSelector = new RegExp(`(^|[\\s,{}>+~(])(${builtInTags.join('|')})(?=[\\s{,.:>+~)[])(?=[^{}]*\\{)`, 'g')
