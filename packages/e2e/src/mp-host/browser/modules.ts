/** What the files of a mini program find as globals, by name. */
export type ModuleGlobals = Record<string, unknown>

/** Names of the browser that a mini program does not have. */
const hidden = [
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'location',
  'navigator',
  'history',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'self',
  'alert',
]

/** A mini program's `globalThis` has the language and timers, and nothing of a browser. */
const ownGlobal = {
  ...{ Object, Array, Map, Set, WeakMap, WeakSet, Promise, Proxy, Reflect, Symbol, Date, Math, JSON, RegExp, Intl },
  ...{ Error, TypeError, RangeError, String, Number, Boolean, BigInt, Uint8Array, ArrayBuffer, DataView },
  ...{ setTimeout, clearTimeout, setInterval, clearInterval, console },
}

/** WeChat forbids code from strings; only the well-known way to find the global object is answered. */
const functionWithoutEval = new Proxy(Function, {
  construct: (_target, args: string[]) => globalFinder(args),
  apply: (_target, _self, args: string[]) => globalFinder(args),
})

function globalFinder(args: string[]): () => object {
  if (args.length === 1 && args[0] === 'return this') return () => ownGlobal
  throw new EvalError('Code generation from strings is not allowed in a mini program')
}

/** Loads the files of a mini program as CommonJS modules. */
export class ModuleLoader {
  readonly #loaded = new Map<string, { exports: object }>()

  /** @param scripts source by path with extension */
  constructor(
    private readonly scripts: Record<string, string>,
    private readonly globals: () => ModuleGlobals,
  ) {}

  /** Runs a file once and gives its exports; `again` runs it anew, which registers a component a second time. */
  load(file: string, again = false): object {
    const known = this.#loaded.get(file)
    if (known && !again) return known.exports
    const source = this.scripts[file]
    if (source === undefined) throw new Error(`module '${file}' is not defined`)
    const module = { exports: {} }
    this.#loaded.set(file, module)
    const values: ModuleGlobals = {
      ...Object.fromEntries(hidden.map((name) => [name, undefined])),
      ...this.globals(),
      globalThis: ownGlobal,
      Function: functionWithoutEval,
      global: ownGlobal,
      module,
      exports: module.exports,
      require: (id: string) => this.load(this.#resolve(file, id)),
    }
    const names = Object.keys(values)
    const run = new Function(...names, `${source}\n//# sourceURL=mp://${file}`)
    run(...names.map((name) => values[name]))
    return module.exports
  }

  #resolve(from: string, id: string): string {
    const path = resolvePath(from, id)
    return path in this.scripts ? path : `${path}.js`
  }
}

/** `../b/c` seen from `x/y/z` is `x/b/c`; a leading slash starts at the root. */
export function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
