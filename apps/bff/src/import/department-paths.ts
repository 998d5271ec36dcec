import { departmentName, maxDepartmentDepth, type FieldIssue } from '@huiyue/contracts'
import { z } from 'zod'
import type { DepartmentTree } from '../department/department-tree'
import { fieldIssue } from '../errors/app-error'
import { newId } from '../ids'
import { keyOf } from '../user/user.repository'

/** Of the column; some characters become several in the form that is compared. */
const maxNameLength = 100

/** A path of the file: names from the top. */
export type Path = readonly string[]

export interface PathNode {
  id: string
  /** The form that is unique. */
  key: string
  parentId: string | null
  name: string
  /** Names from the top, joined by `/`. */
  path: string
  sort: number
  isNew: boolean
}

/** Reads `研发部/前端组`; what is wrong with it stands beside the column. */
export function readPath(text: string, column: string): { path: Path; issues: FieldIssue[] } {
  const names = text.split('/').map((name) => z.safeParse(departmentName, name).data)
  const path = names.filter((name) => name !== undefined)
  const issues: FieldIssue[] = []
  if (path.length < names.length) issues.push(fieldIssue(column, 'invalid_format'))
  if (names.length > maxDepartmentDepth) issues.push(fieldIssue(column, 'too_big', { max: maxDepartmentDepth }))
  if (path.some((name) => keyOf(name).length > maxNameLength))
    issues.push(fieldIssue(column, 'too_long', { max: maxNameLength }))
  return { path, issues }
}

/** Not joined by a slash: some signs become one in the form that is compared. */
export function keyOfPath(path: Path): string {
  return path.map(keyOf).join('\n')
}

/** The departments there are, and those that an import makes. */
export class DepartmentPaths {
  private readonly byKey = new Map<string, PathNode>()
  private readonly byId = new Map<string, PathNode>()

  constructor(tree: DepartmentTree) {
    // Parents come first.
    for (const { id, parentId, name, sort } of tree.inOrder()) {
      const parent = parentId === null ? undefined : this.byId.get(parentId)
      this.add({ ...childOf(parent, name, sort), id, isNew: false })
    }
  }

  find(path: Path): PathNode | undefined {
    return this.byKey.get(keyOfPath(path))
  }

  /** The deepest department on this path that was there before the import. */
  existingAbove(path: Path): PathNode | undefined {
    for (let length = path.length; length > 0; length--) {
      const node = this.find(path.slice(0, length))
      if (node && !node.isNew) return node
    }
    return undefined
  }

  get(id: string): PathNode | undefined {
    return this.byId.get(id)
  }

  /** The department of this path with what had to be made for it, parents first; itself is last. */
  make(path: Path, sort = 0): { node: PathNode; made: PathNode[] } {
    const made: PathNode[] = []
    let node: PathNode | undefined
    for (const [index, name] of path.entries()) {
      const wanted = childOf(node, name, index === path.length - 1 ? sort : 0)
      node = this.byKey.get(wanted.key)
      if (node) continue
      node = this.add(wanted)
      made.push(node)
    }
    if (!node) throw new Error('A path names at least one department')
    return { node, made }
  }

  /** All that were made, parents first. */
  made(): PathNode[] {
    return [...this.byKey.values()].filter(({ isNew }) => isNew)
  }

  private add(node: PathNode): PathNode {
    this.byKey.set(node.key, node)
    this.byId.set(node.id, node)
    return node
  }
}

function childOf(parent: PathNode | undefined, name: string, sort: number): PathNode {
  return {
    id: newId(),
    key: parent ? `${parent.key}\n${keyOf(name)}` : keyOf(name),
    parentId: parent?.id ?? null,
    name,
    path: parent ? `${parent.path}/${name}` : name,
    sort,
    isNew: true,
  }
}
