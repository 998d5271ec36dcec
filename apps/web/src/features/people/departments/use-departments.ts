import type { Department, UpdateDepartmentInput } from '@huiyue/contracts'
import { computed, onMounted } from 'vue'
import { call } from '@/http'
import { useDirectory } from '../directory.store'
import { orderFor, siblingsOf } from './department-tree'

/** The tree of departments, and what one changes in it; each change rejects with `ApiError`. */
export function useDepartments() {
  const directory = useDirectory()
  const departments = computed(() => directory.departments)
  const tree = computed(() => directory.tree)
  const people = computed(() => departments.value.reduce((sum, { members }) => sum + members, 0))

  async function patch(id: string, body: UpdateDepartmentInput): Promise<void> {
    await call('updateDepartment', { params: { id }, body })
  }

  /** Last among those already there. */
  async function create(name: string, parentId: string | null): Promise<Department> {
    const last = siblingsOf(departments.value, parentId).at(-1)
    const created = await call('createDepartment', { body: { name, parentId, sort: last ? last.sort + 10 : 10 } })
    await directory.load()
    return created
  }

  async function rename(department: Department, name: string): Promise<void> {
    await patch(department.id, { name })
    await directory.load()
  }

  /** Below that parent, at that place among its children. Whatever was refused, the tree shows what stands. */
  async function move(department: Department, parentId: string | null, index: number): Promise<void> {
    const siblings = siblingsOf(departments.value, parentId).filter(({ id }) => id !== department.id)
    const order = orderFor(siblings, department, index)
    const own = order.get(department.id)
    order.delete(department.id)
    try {
      await patch(department.id, {
        ...(parentId === department.parentId ? {} : { parentId }),
        ...(own === undefined ? {} : { sort: own }),
      })
      for (const [id, sort] of order) await patch(id, { sort })
    } finally {
      await directory.load()
    }
  }

  async function remove(department: Department): Promise<void> {
    await call('deleteDepartment', { params: { id: department.id } })
    await directory.load()
  }

  /** Where it comes to stand one place up (-1) or down (1) among its siblings; null at the end. */
  function neighbourIndex(department: Department, by: -1 | 1): number | null {
    const siblings = siblingsOf(departments.value, department.parentId)
    const index = siblings.findIndex(({ id }) => id === department.id) + by
    return index < 0 || index >= siblings.length ? null : index
  }

  onMounted(directory.load)

  return {
    departments,
    tree,
    people,
    create,
    rename,
    move,
    remove,
    neighbourIndex,
  }
}
