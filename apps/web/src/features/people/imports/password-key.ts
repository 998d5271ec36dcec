import { draftKey } from '@/shared/form-drafts'
import { randomId } from '@/shared/random-id'

/** 256 bits. */
export function newPasswordKey(): string {
  return randomId() + randomId()
}

/**
 * The key to an import's first passwords, which the server does not have. It lies in this tab until they are downloaded;
 * like unsaved forms it belongs to one person and goes when they log out.
 */
export function passwordKeyStore(userId: string, importId: string, storage: Storage = window.sessionStorage) {
  const place = draftKey(userId, `import-key.${importId}`)
  return {
    read: () => storage.getItem(place),
    write: (key: string) => storage.setItem(place, key),
    forget: () => storage.removeItem(place),
  }
}
