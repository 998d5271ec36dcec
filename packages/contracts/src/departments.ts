import * as z from 'zod/mini'
import { id, requiredLine } from './common'

/** How deep the tree may be. */
export const maxDepartmentDepth = 10

/** A department's name; the slash separates the levels of a path (`研发部/前端组`). */
export const departmentName = requiredLine(100).check(z.regex(/^[^/]*$/))

export const department = z.object({
  id,
  /** Null at the top. */
  parentId: z.nullable(id),
  name: z.string(),
  /** Names from the top to this one, joined by `/`. */
  path: z.string(),
  /** Order among siblings. */
  sort: z.int(),
  /** People in it, without those of departments below. */
  members: z.int(),
})
export type Department = z.infer<typeof department>

const sort = z.int().check(z.minimum(0), z.maximum(1_000_000))

export const departmentInput = z.object({
  name: departmentName,
  parentId: z._default(z.nullable(id), null),
  sort: z._default(sort, 0),
})
export type DepartmentInput = z.input<typeof departmentInput>

/** Only what is named changes. */
export const updateDepartmentInput = z.object({
  name: z.optional(departmentName),
  parentId: z.optional(z.nullable(id)),
  sort: z.optional(sort),
})
export type UpdateDepartmentInput = z.input<typeof updateDepartmentInput>
