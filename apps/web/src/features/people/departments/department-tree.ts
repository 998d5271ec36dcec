import type { Department } from '@huiyue/contracts'

export interface DepartmentNode {
  id: string
  department: Department
  children: DepartmentNode[]
  /** People in it and in all departments below. */
  people: number
}

/** The tree of a list in which parents stand before their children; whose parent is not in it stands at the top. */
export function treeOf(departments: readonly Department[]): DepartmentNode[] {
  const nodes = new Map<string, DepartmentNode>()
  const top: DepartmentNode[] = []
  for (const department of departments)
    nodes.set(department.id, { id: department.id, department, children: [], people: department.members })
  for (const node of nodes.values()) {
    const parent = node.department.parentId === null ? undefined : nodes.get(node.department.parentId)
    ;(parent?.children ?? top).push(node)
  }
  for (const node of top) countPeople(node)
  return top
}

function countPeople(node: DepartmentNode): number {
  for (const child of node.children) node.people += countPeople(child)
  return node.people
}

/** That department and all below it. */
export function idsBelow(node: DepartmentNode): Set<string> {
  return new Set([node.id, ...node.children.flatMap((child) => [...idsBelow(child)])])
}

export function findNode(nodes: readonly DepartmentNode[], id: string): DepartmentNode | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children, id)
    if (found) return found
  }
  return undefined
}

/** How the siblings of a department stand, in order. */
export function siblingsOf(departments: readonly Department[], parentId: string | null): Department[] {
  return departments.filter((one) => one.parentId === parentId)
}

/** Under whom, and where among its children, a department dropped there stands. */
export function placeOfDrop(
  departments: readonly Department[],
  dragged: Department,
  onto: Department,
  type: 'before' | 'after' | 'inner',
): { parentId: string | null; index: number } {
  const parentId = type === 'inner' ? onto.id : onto.parentId
  const siblings = siblingsOf(departments, parentId).filter(({ id }) => id !== dragged.id)
  if (type === 'inner') return { parentId, index: siblings.length }
  const index = siblings.findIndex(({ id }) => id === onto.id)
  return { parentId, index: type === 'before' ? index : index + 1 }
}

const step = 10

/**
 * The order numbers to write so that `moved` stands at `index` among its siblings (given in order, without it): only its
 * own where there is room between its neighbours, else those of all that have to make room.
 */
export function orderFor(
  siblings: readonly Pick<Department, 'id' | 'sort'>[],
  moved: Pick<Department, 'id' | 'sort'>,
  index: number,
): Map<string, number> {
  const before = siblings[index - 1]?.sort ?? -1
  const after = siblings[index]?.sort ?? before + 2 * step
  const between = Math.floor((before + after) / 2)
  if (between > before && between < after) return new Map([[moved.id, between]])
  const ordered = [...siblings.slice(0, index), moved, ...siblings.slice(index)]
  const numbers = ordered.map((one, place) => [one, (place + 1) * step] as const)
  return new Map(numbers.filter(([one, sort]) => one.sort !== sort).map(([one, sort]) => [one.id, sort]))
}
