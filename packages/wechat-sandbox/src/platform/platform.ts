import { Clock } from '../clock'
import { bookingCreatedTemplateId, sandboxAppId, sandboxAppSecret } from '../defaults'
import { MessageIds } from '../identifiers'
import { defaultOptions, optionsPatchSchema, type SandboxOptions } from '../options'
import { Calls } from './calls'
import { Events } from './events'
import { Faults } from './faults'
import { Ledger } from './ledger'
import { LoginCodes } from './login-codes'
import { Messages } from './messages'
import { Prompts } from './prompts'
import { Templates } from './templates'
import { Tokens } from './tokens'
import { Users } from './users'

export interface MiniProgram {
  appId: string
  secret: string
  /** What cards and pop-ups call it. */
  name: string
}

export interface PlatformSettings {
  apps?: MiniProgram[]
  options?: Partial<SandboxOptions>
  /** Milliseconds since 1970. */
  clock?: () => number
}

const defaultApp: MiniProgram = { appId: sandboxAppId, secret: sandboxAppSecret, name: '会约' }

const bookingCreated = {
  templateId: bookingCreatedTemplateId,
  title: '会议预约通知',
  type: 2 as const,
  content: [
    '会议主题:{{thing4.DATA}}',
    '会议室:{{thing1.DATA}}',
    '会议时间:{{character_string2.DATA}}',
    '开始时间:{{time6.DATA}}',
    '发起人:{{thing3.DATA}}',
  ].join('\n'),
}

/** Everything that `reset` throws away. */
class State {
  readonly users = new Users()
  readonly codes = new LoginCodes()
  readonly tokens = new Tokens()
  readonly templates = new Templates()
  readonly messages = new Messages()
  readonly calls = new Calls()
  readonly faults = new Faults()
  /** People a message is being sent to at this moment. */
  readonly sending = new Set<string>()
  readonly ledger: Ledger
  readonly prompts: Prompts
  options: SandboxOptions

  constructor(settings: PlatformSettings) {
    this.options = { ...defaultOptions, ...optionsPatchSchema.parse(settings.options ?? {}) }
    this.ledger = new Ledger(() => this.options)
    this.prompts = new Prompts(this.ledger)
    this.templates.put(sandboxAppId, bookingCreated)
  }
}
export type PlatformState = State

/** WeChat's side of the world: mini programs, people, their phones, and the clock they live by. */
export class Platform {
  readonly clock: Clock
  readonly events = new Events()
  readonly messageIds = new MessageIds()
  readonly #apps: Map<string, MiniProgram>
  #state: State

  constructor(private readonly settings: PlatformSettings = {}) {
    this.clock = new Clock(settings.clock)
    this.#apps = new Map([defaultApp, ...(settings.apps ?? [])].map((app) => [app.appId, app]))
    this.#state = new State(settings)
  }

  /** Take it once at the start of a call: a reset in the meantime then leaves that call alone. */
  get state(): State {
    return this.#state
  }

  app(appId: string): MiniProgram | undefined {
    return this.#apps.get(appId)
  }

  get defaultApp(): MiniProgram {
    return defaultApp
  }

  reset(): void {
    const before = this.#state
    this.clock.reset()
    this.#state = new State(this.settings)
    before.prompts.abandon()
    this.events.emit({ type: 'reset' })
  }
}
