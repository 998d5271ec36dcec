import * as z from 'zod/mini'
import { id, instant, pageQuery, printable, requiredLine } from './common'
import { fieldIssue } from './errors'

export const importKinds = ['users', 'departments'] as const
export const importKind = z.enum(importKinds)
export type ImportKind = z.infer<typeof importKind>

export const maxImportRows = 10_000
export const maxImportBytes = 4 * 1024 * 1024

/**
 * The columns of the CSV files, in the order of an export; the first name is the one written, each may stand in a file.
 * `*` marks those a file must have.
 */
export const importColumns = {
  users: {
    username: { names: ['用户名', 'username'], required: true },
    name: { names: ['姓名', 'name'], required: true },
    mobile: { names: ['手机', 'mobile'], required: false },
    email: { names: ['邮箱', 'email'], required: false },
    department: { names: ['部门', 'department'], required: false },
    locale: { names: ['语言', 'locale'], required: false },
    timeZone: { names: ['时区', 'time zone'], required: false },
    status: { names: ['状态', 'status'], required: false },
  },
  departments: {
    path: { names: ['部门', 'department'], required: true },
    sort: { names: ['排序', 'sort'], required: false },
  },
} as const

/** What the column `status` may say. */
export const importStatusWords = { active: ['启用', 'active'], disabled: ['停用', 'disabled'] } as const

export const createImportInput = z.object({
  kind: importKind,
  fileName: requiredLine(200),
  /** The file's bytes in base64: UTF-8 (with or without a mark), else GBK as Excel in China writes it. */
  content: z
    .string()
    .check(z.minLength(1), z.maxLength(Math.ceil(maxImportBytes / 3) * 4), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
})
export type CreateImportInput = z.infer<typeof createImportInput>

/**
 * - `checked`: the dry run is done, nothing was changed; can be applied when no row is at fault
 * - `applying`: being applied, see `progress` · `applied`: all rows are in
 * - `failed`: nothing was changed, for the reason given; a new dry run says what stands
 */
export const importStates = ['checked', 'applying', 'applied', 'failed'] as const
export const importState = z.enum(importStates)
export type ImportState = z.infer<typeof importState>

export const importFailures = ['interrupted', 'changed_meanwhile', 'internal_error'] as const
export const importFailure = z.enum(importFailures)
export type ImportFailure = z.infer<typeof importFailure>

export const importJob = z.object({
  id,
  kind: importKind,
  fileName: z.string(),
  encoding: z.enum(['utf-8', 'gb18030']),
  state: importState,
  failure: z.nullable(importFailure),
  /** Faults of the file as a whole, such as a missing column. */
  issues: z.array(fieldIssue),
  counts: z.object({ rows: z.int(), create: z.int(), update: z.int(), unchanged: z.int(), faulty: z.int() }),
  progress: z.object({ done: z.int(), total: z.int() }),
  createdAt: instant,
  createdBy: z.object({ id, name: z.string() }),
  appliedAt: z.nullable(instant),
})
export type ImportJob = z.infer<typeof importJob>

export const importRowActions = ['create', 'update', 'unchanged', 'faulty'] as const
export const importRowAction = z.enum(importRowActions)
export type ImportRowAction = z.infer<typeof importRowAction>

export const importRow = z.object({
  /** In the file, the header being line 1. */
  line: z.int(),
  action: importRowAction,
  /** Username or path of the department. */
  key: z.string(),
  changes: z.array(z.object({ column: z.string(), from: z.nullable(z.string()), to: z.nullable(z.string()) })),
  issues: z.array(fieldIssue),
})
export type ImportRow = z.infer<typeof importRow>

export const listImportRowsQuery = z.object({
  action: z.optional(importRowAction),
  ...pageQuery(200, 50),
})

/**
 * The key that the passwords of new people are derived from may be the client's own: random, and kept before it is sent,
 * so that an answer that is lost loses no password. The same call with the same key then answers the same.
 */
export const applyImportInput = z.object({
  passwordKey: z.optional(printable(128).check(z.minLength(32))),
})

/** The server keeps neither the passwords nor their key. Null when nobody is new. */
export const appliedImport = z.object({ job: importJob, passwordKey: z.nullable(z.string()) })
export type AppliedImport = z.infer<typeof appliedImport>

export const importPasswordsInput = z.object({ passwordKey: printable(128) })
