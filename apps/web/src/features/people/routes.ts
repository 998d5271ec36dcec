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
  {
    path: 'departments',
    name: 'departments',
    component: () => import('./departments/DepartmentsView.vue'),
    meta: { title: 'departments.title', permission: 'department:manage' },
  },
  {
    path: 'roles',
    name: 'roles',
    component: () => import('./roles/RolesView.vue'),
    meta: { title: 'roleList.title', permission: 'role:read' },
  },
  {
    path: 'imports',
    name: 'imports',
    component: () => import('./imports/ImportsView.vue'),
    meta: { title: 'imports.title', permission: 'account:import' },
  },
  {
    path: 'imports/:id',
    name: 'import',
    component: () => import('./imports/ImportView.vue'),
    props: true,
    meta: { title: 'imports.reportTitle', permission: 'account:import' },
  },
]
