import type { RouteRecordRaw } from 'vue-router'

/** Pages about people, below the console's frame. */
export const peopleRoutes: RouteRecordRaw[] = [
  {
    path: 'accounts',
    name: 'accounts',
    component: () => import('./accounts/AccountsView.vue'),
    meta: { title: 'accounts.title', permission: 'account:read' },
  },
  {
    path: 'accounts/:id',
    name: 'account',
    component: () => import('./accounts/AccountView.vue'),
    props: true,
    meta: { title: 'accounts.title', permission: 'account:read' },
  },
]
