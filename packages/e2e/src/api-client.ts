import {
  apiPrefix,
  type Account,
  type Booking,
  type CreateBookingInput,
  type LoginResult,
  type Me,
  type Notification,
  type OneTimePassword,
  type Room,
} from '@huiyue/contracts'

export const demoPassword = 'huiyue-demo'

interface List<T> {
  items: T[]
  total: number
}

/** The API as one person uses it: for setting the scene and for looking behind it. */
export class ApiClient {
  private constructor(
    private readonly origin: string,
    readonly session: LoginResult,
  ) {}

  /** @param code from `wx.login`, which binds the phone's WeChat */
  static async login(
    origin: string,
    username: string,
    { password = demoPassword, code }: { password?: string; code?: string } = {},
  ): Promise<ApiClient> {
    const body = { username, password, clientId: 'web', ...(code ? { code } : {}) }
    return new ApiClient(origin, await send<LoginResult>(origin, 'POST', '/auth/login', { body }))
  }

  me(): Promise<Me> {
    return this.#send('GET', '/me')
  }

  async room(name: string): Promise<Room> {
    const { items } = await this.#send<List<Room>>('GET', '/rooms')
    const room = items.find((candidate) => candidate.name === name)
    if (!room) throw new Error(`no room ${name}`)
    return room
  }

  async userId(search: string): Promise<string> {
    const { items } = await this.#send<List<{ id: string }>>('GET', `/users?search=${encodeURIComponent(search)}`)
    const [user] = items
    if (!user) throw new Error(`nobody is called ${search}`)
    return user.id
  }

  book(input: CreateBookingInput): Promise<Booking> {
    return this.#send('POST', '/bookings', input)
  }

  async bookings(from: Date, to: Date): Promise<Booking[]> {
    const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() })
    return (await this.#send<List<Booking>>('GET', `/bookings?${query}`)).items
  }

  async notifications(): Promise<Notification[]> {
    return (await this.#send<List<Notification>>('GET', '/notifications')).items
  }

  /** Gives somebody a one-time password; all their sessions end. */
  async resetPassword(name: string): Promise<string> {
    return (await this.#send<OneTimePassword>('POST', `${await this.#accountOf(name)}/reset-password`, {})).password
  }

  async endSessionsOf(name: string): Promise<void> {
    await this.#send('POST', `${await this.#accountOf(name)}/end-sessions`, {})
  }

  async setStatus(name: string, status: 'active' | 'disabled'): Promise<void> {
    await this.#send('PATCH', await this.#accountOf(name), { status })
  }

  /** The path of somebody's account, also of a disabled one. */
  async #accountOf(name: string): Promise<string> {
    const { items } = await this.#send<List<Account>>('GET', `/accounts?search=${encodeURIComponent(name)}`)
    const found = items.find((account) => account.name === name)
    if (!found) throw new Error(`no account of ${name}`)
    return `/accounts/${found.id}`
  }

  #send<T>(method: string, path: string, body?: object): Promise<T> {
    return send(this.origin, method, path, { body, token: this.session.accessToken })
  }
}

async function send<T>(
  origin: string,
  method: string,
  path: string,
  { body, token }: { body?: object; token?: string },
): Promise<T> {
  const response = await fetch(`${origin}${apiPrefix}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}
