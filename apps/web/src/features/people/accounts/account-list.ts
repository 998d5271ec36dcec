import { accountSorts, accountStatus, booleanQuery, id, line, type Account } from '@huiyue/contracts'
import { call } from '@/http'
import { useServerList } from '@/shared/list/use-server-list'

const filters = { search: line(64), departmentId: id, roleId: id, status: accountStatus, wechatBound: booleanQuery }

/** The accounts that the address asks for. */
export function useAccountList() {
  return useServerList({
    filters,
    sorts: accountSorts,
    sort: 'name',
    order: 'asc',
    ask: (query, signal) => call('listAccounts', { query }, { signal }),
  })
}
export type AccountList = ReturnType<typeof useAccountList>

const pageSize = 200

/** Everybody whom the filters match, page after page. */
export async function allAccounts(wanted: AccountList['filters'], signal: AbortSignal): Promise<Account[]> {
  const found = new Map<string, Account>()
  for (let offset = 0; ; offset += pageSize) {
    const query = { ...wanted, sort: 'createdAt', limit: pageSize, offset } as const
    const { items, total } = await call('listAccounts', { query }, { signal })
    for (const account of items) found.set(account.id, account)
    if (items.length < pageSize || offset + pageSize >= total) return [...found.values()]
  }
}
