import type { Department } from '@huiyue/contracts'
import type { DepartmentTree, TreeNode } from './department-tree'

export function presentDepartment(node: TreeNode, tree: DepartmentTree, members = 0): Department {
  const { id, parentId, name, sort } = node
  return { id, parentId, name, path: tree.pathOf(id), sort, members }
}
