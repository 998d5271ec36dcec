import type { Building, Department, Role } from '@huiyue/contracts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { call } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'
import { treeOf } from './departments/department-tree'

/** What people can be put into: departments, roles, buildings. Each is asked for only by those who may see it. */
export const useDirectory = defineStore('directory', () => {
  const session = useSession()
  const departments = shallowRef<Department[]>([])
  const roles = shallowRef<Role[]>([])
  const buildings = shallowRef<Building[]>([])
  const loaded = shallowRef(false)
  const error = shallowRef<ApiError | null>(null)
  const tree = computed(() => treeOf(departments.value))

  async function load(): Promise<void> {
    error.value = null
    const none = Promise.resolve({ items: [] })
    try {
      const [foundDepartments, foundRoles, foundBuildings] = await Promise.all([
        session.can('department:read') ? call('listDepartments') : none,
        session.can('role:read') ? call('listRoles') : none,
        session.can('role:assign') ? call('listBuildings') : none,
      ])
      departments.value = foundDepartments.items
      roles.value = foundRoles.items
      buildings.value = foundBuildings.items
      loaded.value = true
    } catch (thrown) {
      error.value = toApiError(thrown)
    }
  }

  return { departments, roles, buildings, tree, loaded, error, load }
})
