import type { ClientConfig, Dictionaries } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import { wellKnownDemoPassword } from '../config/demo-password'
import { demoAccounts } from '../demo/demo-people'
import { dictionaryMap } from './dictionaries'

@scoped(Lifecycle.ContainerScoped)
export class ReferenceController {
  constructor(@inject(ConfigToken) private readonly config: Config) {}

  clientConfig(): ClientConfig {
    const { organizationName, timeZone, slotMinutes, demo } = this.config
    return {
      organizationName,
      timeZone,
      slotMinutes,
      demo: demo && {
        sandboxUrl: demo.sandboxUrl,
        password: demo.password === wellKnownDemoPassword ? demo.password : null,
        accounts: demoAccounts,
      },
    }
  }

  dictionaries(): Dictionaries {
    return dictionaryMap
  }
}
