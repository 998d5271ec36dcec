import {
  Bell,
  Calendar,
  ChatLineSquare,
  Connection,
  Document,
  Key,
  Monitor,
  OfficeBuilding,
  Upload,
  User,
} from '@element-plus/icons-vue'
import type { Permission } from '@huiyue/contracts'
import type { Component } from 'vue'
import type { RouteRecord } from 'vue-router'
import type { MessageKey } from '@/messages'

export interface ConsolePage {
  /** Of its route. */
  name: string
  label: MessageKey
  icon: Component
}

export interface PageGroup {
  /** None: it needs no heading. */
  label?: MessageKey
  pages: readonly ConsolePage[]
}

/** The menu, in its order. */
const pageGroups: readonly PageGroup[] = [
  { pages: [{ name: 'timeline', label: 'nav.timeline', icon: Calendar }] },
  {
    label: 'nav.groups.messages',
    pages: [
      { name: 'notifications', label: 'nav.notifications', icon: Bell },
      { name: 'templates', label: 'nav.templates', icon: ChatLineSquare },
    ],
  },
  {
    label: 'nav.groups.people',
    pages: [
      { name: 'accounts', label: 'nav.accounts', icon: User },
      { name: 'departments', label: 'nav.departments', icon: OfficeBuilding },
      { name: 'roles', label: 'nav.roles', icon: Key },
      { name: 'imports', label: 'nav.imports', icon: Upload },
    ],
  },
  {
    label: 'nav.groups.security',
    pages: [
      { name: 'sessions', label: 'nav.sessions', icon: Monitor },
      { name: 'login-log', label: 'nav.loginLog', icon: Connection },
      { name: 'audit-log', label: 'nav.auditLog', icon: Document },
    ],
  },
]

/** What somebody may see of it, by the permissions that the routes name; groups without a page are left out. */
export function pagesFor(routes: readonly RouteRecord[], can: (permission: Permission) => boolean): PageGroup[] {
  const maySee = ({ name }: ConsolePage) => {
    const route = routes.find((one) => one.name === name)
    return route !== undefined && (!route.meta.permission || can(route.meta.permission))
  }
  return pageGroups
    .map((group) => ({ ...group, pages: group.pages.filter(maySee) }))
    .filter(({ pages }) => pages.length > 0)
}
