import { hash, verify } from '@node-rs/argon2'
import { Lifecycle, scoped } from 'tsyringe'

/** OWASP's parameters for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes off the event loop, on the library's own threads. */
@scoped(Lifecycle.ContainerScoped)
export class PasswordHasher {
  private decoy: Promise<string> | null = null

  hash(password: string): Promise<string> {
    return hash(password, options)
  }

  /** Takes as long for an account that does not exist (`null`) as for a wrong password. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    this.decoy ??= this.hash('no account has this password')
    const matches = await verify(stored ?? (await this.decoy), password)
    return stored !== null && matches
  }
}
