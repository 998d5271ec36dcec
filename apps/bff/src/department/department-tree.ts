export interface TreeNode {
  id: string
  parentId: string | null
  name: string
  /** Order among siblings. */
  sort: number
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

  get(id: string): TreeNode | undefined {
    return this.nodes.get(id)
  }

  /** Parents before their children, siblings in their order. @param under null: all there are */
  inOrder(under: string | null = null): TreeNode[] {
    return this.childrenOf(under).flatMap((node) => [node, ...this.inOrder(node.id)])
  }

  childrenOf(id: string | null): readonly TreeNode[] {
    return this.children.get(id) ?? []
  }

  /** Itself and everything under it; only itself when it is unknown. */
  below(id: string): string[] {
    // A set, so that even a circle, which no rule of the database forbids, has an end.
    const found = new Set([id])
    for (const current of found) for (const child of this.childrenOf(current)) found.add(child.id)
    return [...found]
  }

  /** Levels from this one to its deepest descendant, both counted. */
  heightOf(id: string): number {
    return 1 + Math.max(0, ...this.childrenOf(id).map((child) => this.heightOf(child.id)))
  }

  /** From the top down to the department itself. */
  lineage(id: string): TreeNode[] {
    const line: TreeNode[] = []
    for (let node = this.nodes.get(id); node && !line.includes(node); node = this.nodes.get(node.parentId ?? ''))
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
