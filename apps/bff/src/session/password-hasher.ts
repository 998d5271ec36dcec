import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { Lifecycle, scoped } from 'tsyringe'

/** OWASP's parameters for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of the four threads that Node also reads files and resolves names with. */
const threads = 3

/** Hashes off the event loop, on threads of their own, never on all of them. */
@scoped(Lifecycle.ContainerScoped)
export class PasswordHasher {
  private readonly turn = pLimit(threads)
  private decoy: Promise<string> | null = null

  hash(password: string): Promise<string> {
    return this.turn(() => hash(normalize(password), parameters))
  }

  /** Takes as long for an account that does not exist (`null`) as for a wrong password. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    this.decoy ??= this.hash('no account has this password')
    const against = stored || (await this.decoy)
    const matches = await this.turn(() => verify(against, normalize(password)))
    return Boolean(stored) && matches
  }

  /** Whether it was made with less than today's parameters. */
  isOutdated(stored: string): boolean {
    const [, m, t] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(stored) ?? []
    return Number(m ?? 0) < parameters.memoryCost || Number(t ?? 0) < parameters.timeCost
  }
}

/** The same characters typed on another system are the same password (NIST SP 800-63B-4 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC')
}
