export interface TreeNode {
  id: string
  parentId: string | null
  name: string
}

/** All departments at once: small enough to be read whole, and asked about in several ways. */
export class DepartmentTree {
  private readonly nodes: ReadonlyMap<string, TreeNode>
  private readonly children = new Map<string | null, TreeNode[]>()

  constructor(nodes: readonly TreeNode[]) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]))
    for (const node of nodes) {
      const siblings = this.children.get(node.parentId)
      if (siblings) siblings.push(node)
      else this.children.set(node.parentId, [node])
    }
  }

  has(id: string): boolean {
    return this.nodes.has(id)
  }

  childrenOf(id: string | null): readonly TreeNode[] {
    return this.children.get(id) ?? []
  }

  /** Itself and everything under it; only itself when it is unknown. */
  below(id: string): string[] {
    const found = [id]
    for (const current of found) found.push(...this.childrenOf(current).map((child) => child.id))
    return found
  }

  /** From the top down to the department itself. */
  lineage(id: string): TreeNode[] {
    const line: TreeNode[] = []
    for (let node = this.nodes.get(id); node; node = node.parentId ? this.nodes.get(node.parentId) : undefined)
      line.unshift(node)
    return line
  }

  /** Names from the top, joined by `/`. */
  pathOf(id: string): string {
    return this.lineage(id)
      .map((node) => node.name)
      .join('/')
  }
}
