import type * as glassEasel from 'glass-easel'
import { type CodeSpace, type ComponentEnv } from 'glass-easel-miniprogram-adapter'
import { type PackedMiniProgram } from '../packed'
import { resolvePath, type ModuleLoader } from './modules'

type Definition = Parameters<ComponentEnv['Component']>[0] & Record<string, unknown>
type Method = (this: object, ...args: unknown[]) => unknown

/** Registers the compiled components and pages with the framework, each when it is first needed. */
export class ComponentRegistry {
  readonly #known = new Set<string>()
  readonly #templates: Record<string, glassEasel.template.ComponentTemplate['content']>
  #env: ComponentEnv | undefined

  constructor(
    private readonly pack: PackedMiniProgram,
    private readonly space: CodeSpace,
    private readonly modules: () => ModuleLoader,
  ) {
    this.#templates = new Function(`return ${pack.templates}`)()
  }

  /** What `Page`, `Component` and `Behavior` mean while a component's file runs. */
  get env(): ComponentEnv {
    if (!this.#env) throw new Error('components are defined by their own files only')
    return this.#env
  }

  /** Adds a sheet of the app to the document. */
  addSheet(path: string) {
    const css = this.pack.css[path]
    if (!css) return
    const sheet = document.createElement('style')
    sheet.dataset.path = path
    sheet.textContent = css
    document.head.appendChild(sheet)
  }

  /** Registers a component or page with everything it uses. */
  register(path: string) {
    if (this.#known.has(path)) return
    this.#known.add(path)
    const json = this.pack.json[path] ?? {}
    const using = Object.entries(json.usingComponents ?? {}).map(
      ([name, target]) => [name, resolvePath(path, target)] as const,
    )
    for (const [, target] of using) this.register(target)
    this.space.addComponentStaticConfig(path, {
      usingComponents: Object.fromEntries(using.map(([name, target]) => [name, `/${target}`])),
    })
    const content = this.#templates[path]
    if (!content) throw new Error(`no template for ${path}`)
    this.space.addCompiledTemplate(path, { groupList: this.#templates, content })
    this.addSheet(path)
    this.space.componentEnv(path, (env) => {
      const outer = this.#env
      this.#env = { ...env, Component: adapted(env.Component) }
      this.modules().load(`${path}.js`, true)
      this.#env = outer
    })
  }
}

/** WeChat's `Component` for definitions that glass-easel's would not take as they are. */
function adapted(component: ComponentEnv['Component']): ComponentEnv['Component'] {
  const define = (definition: Definition) => {
    const { behaviors, lifetimes, created, attached } = definition
    const own: Record<string, Method | undefined> = { created, attached, ...lifetimes }
    component({
      ...definition,
      // `wx://form-field` and its like are names of WeChat's own behaviors; glass-easel wants real ones.
      behaviors: (behaviors ?? []).filter((behavior) => typeof behavior !== 'string'),
      lifetimes: {
        ...lifetimes,
        created(this: { _$: glassEasel.GeneralComponent }, ...args: unknown[]) {
          // Vue watches the instance deeply and must not walk into the framework.
          Object.defineProperty(this, '_$', { value: this._$, enumerable: false })
          return own.created?.apply(this, args)
        },
        attached(this: { _$: glassEasel.GeneralComponent }, ...args: unknown[]) {
          const result = own.attached?.apply(this, args)
          // The adapter leaves `ready` to the host.
          setTimeout(() => this._$.triggerLifetime('ready', []))
          return result
        },
      },
    })
  }
  return Object.assign(define, component)
}
