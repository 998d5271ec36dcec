/** The demo accounts' password unless `DEMO_PASSWORD` says otherwise; no secret, and never one in production. */
export const wellKnownDemoPassword = 'huiyue-demo'
