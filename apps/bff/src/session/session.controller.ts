import type { OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { SessionAdminService } from './session-admin.service'
import { presentSession, presentStaffSession } from './session.presenter'

@scoped(Lifecycle.ContainerScoped)
export class SessionController {
  constructor(@inject(SessionAdminService) private readonly sessions: SessionAdminService) {}

  async listOwn({ actor }: Call<'listMySessions'>): Promise<OperationResponse<'listMySessions'>> {
    const rows = await this.sessions.listOwn(actor)
    return { items: rows.map((row) => presentSession(row, actor.sessionId)), total: rows.length }
  }

  endOwn({ actor, params }: Call<'endMySession'>): Promise<void> {
    return this.sessions.endOwn(actor, params.id)
  }

  async endOwnOthers({ actor }: Call<'endMyOtherSessions'>): Promise<OperationResponse<'endMyOtherSessions'>> {
    return { ended: await this.sessions.endOwnOthers(actor) }
  }

  async list({ actor, query }: Call<'listSessions'>): Promise<OperationResponse<'listSessions'>> {
    const { rows, count } = await this.sessions.list(actor, query)
    return { items: rows.map((row) => presentStaffSession(row, actor.sessionId)), total: count }
  }

  end({ actor, params }: Call<'endSession'>): Promise<void> {
    return this.sessions.end(actor, params.id)
  }
}
