import type { Permission } from '@huiyue/contracts'
import { createRouter, createWebHistory } from 'vue-router'
import { peopleRoutes } from '@/features/people/routes'
import type { MessageKey } from '@/messages'

declare module 'vue-router' {
  interface RouteMeta {
    title: MessageKey
    /** Open without a session. */
    public?: boolean
    /** Who may see the page; without one, everybody signed in. */
    permission?: Permission
  }
}

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    {
      path: '/login',
      name: 'login',
      component: () => import('@/features/session/LoginView.vue'),
      meta: { title: 'login.title', public: true },
    },
    {
      path: '/password',
      name: 'password',
      component: () => import('@/features/profile/ForcedPasswordView.vue'),
      meta: { title: 'password.title' },
    },
    {
      path: '/',
      component: () => import('@/layouts/ConsoleLayout.vue'),
      meta: { title: 'app.name' },
      children: [
        {
          path: '',
          name: 'timeline',
          component: () => import('@/features/timeline/TimelineView.vue'),
          meta: { title: 'timeline.title', permission: 'booking:read' },
        },
        {
          path: 'notifications',
          name: 'notifications',
          component: () => import('@/features/notification/NotificationLogView.vue'),
          meta: { title: 'notifications.title', permission: 'notification:read' },
        },
        {
          path: 'templates',
          name: 'templates',
          component: () => import('@/features/template/TemplateView.vue'),
          meta: { title: 'templates.title', permission: 'template:read' },
        },
        ...peopleRoutes,
        {
          path: 'sessions',
          name: 'sessions',
          component: () => import('@/features/history/SessionsView.vue'),
          meta: { title: 'nav.sessions', permission: 'session:read' },
        },
        {
          path: 'login-log',
          name: 'login-log',
          component: () => import('@/features/history/LoginLogView.vue'),
          meta: { title: 'nav.loginLog', permission: 'login-log:read' },
        },
        {
          path: 'audit-log',
          name: 'audit-log',
          component: () => import('@/features/history/AuditLogView.vue'),
          meta: { title: 'nav.auditLog', permission: 'audit-log:read' },
        },
        {
          path: 'profile',
          name: 'profile',
          component: () => import('@/features/profile/ProfileView.vue'),
          meta: { title: 'profile.title' },
        },
        {
          path: ':rest(.*)*',
          name: 'not-found',
          component: () => import('@/layouts/NotFoundView.vue'),
          meta: { title: 'app.notFound' },
        },
      ],
    },
  ],
})
