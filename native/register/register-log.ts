import type { AuditEntry } from '../../core/audit/entry.ts';
import { lessCounts, type Counts } from '../../core/register/stored.ts';

/** What the log says of the registers. */
export interface LoggedRegisters {
  /** How much the lists that are left have to hold. */
  readonly counts: Counts;
  /** Lists that were to go, by number. */
  readonly gone: ReadonlySet<string>;
}

export function loggedRegisters(entries: readonly AuditEntry[]): LoggedRegisters {
  let counts: Counts = { added: 0, moved: 0, withdrawn: 0 };
  const gone = new Set<string>();
  for (const { what } of entries) {
    if (what.event === 'register-changed')
      counts = lessCounts(counts, { added: -what.added, moved: -what.moved, withdrawn: -what.withdrawn });
    if (what.event !== 'register-wipe-begun') continue;
    counts = lessCounts(counts, what);
    gone.add(what.register);
  }
  return { counts, gone };
}
