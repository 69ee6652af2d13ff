import type { Role } from '../vault/person.ts';
import type { AuditEntry } from './entry.ts';

/** Everyone whom the log knows, with the role they came with. */
export function rolesIn(entries: readonly AuditEntry[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const { what, by } of entries) {
    if (what.event === 'vault-created') roles.set(by, what.role);
    if (what.event === 'person-added') roles.set(what.person, what.role);
  }
  return roles;
}
