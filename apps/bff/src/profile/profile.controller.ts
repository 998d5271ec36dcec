import type { Me, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { ProfileService } from './profile.service'

@scoped(Lifecycle.ContainerScoped)
export class ProfileController {
  constructor(@inject(ProfileService) private readonly profile: ProfileService) {}

  me({ actor }: Call<'getMe'>): Promise<Me> {
    return this.profile.me(actor)
  }

  update({ actor, body }: Call<'updateMe'>): Promise<Me> {
    return this.profile.update(actor, body)
  }

  changePassword({ actor, body }: Call<'changePassword'>): Promise<void> {
    return this.profile.changePassword(actor, body)
  }

  bindWechat({ actor, body }: Call<'bindWechat'>): Promise<OperationResponse<'bindWechat'>> {
    return this.profile.bindWechat(actor, body)
  }

  unbindWechat({ actor, body }: Call<'unbindWechat'>): Promise<OperationResponse<'unbindWechat'>> {
    return this.profile.unbindWechat(actor, body.password)
  }
}
