import type { ClosingReason } from '../dossier/closing.ts';
import type { RootRefusal } from '../vault/errors.ts';

/** Why the caretaker's key may not lie somewhere: for the reasons that a vault may not, or beside its own lock. */
export type KeyPlaceRefusal = RootRefusal | 'inside-vault';

/** Expected failures of the daily round, open tasks and closing. */
export type KeepingError =
  | { code: 'task-unknown'; task: string }
  | { code: 'task-is-done' }
  | { code: 'task-not-yours' }
  | { code: 'closing-refused'; reasons: readonly ClosingReason[] }
  | { code: 'dossier-closed'; dossier: string }
  | { code: 'key-file-exists' }
  | { code: 'key-file-missing' }
  | { code: 'key-file-invalid' }
  | { code: 'key-file-other-vault' }
  /** `mode`: as `chmod` writes it, `644`. */
  | { code: 'key-file-loose'; mode: string }
  | { code: 'key-file-refused'; reason: KeyPlaceRefusal }
  | { code: 'daily-vault-away' }
  | { code: 'schedule-path' };
