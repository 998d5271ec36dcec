export * from './defaults'
export { type SandboxOptions } from './options'
export { type MiniProgram } from './platform/platform'
export { type RunningSandbox, type SandboxSettings, startSandbox } from './server'
