import type { AuditEntry } from '../audit/entry.ts';
import { keptUntil, schoolYearOf } from './school-year.ts';

/**
 * Whether someone has to open the register, because lists in it may be over their term (R10) or did not go
 * whole. Of which school year a list is stands in it alone, sealed; from the log only the year in which was
 * written is known, so that it may turn out that nothing had to go.
 * @param today `YYYY-MM-DD`
 */
export function registerIsDue(entries: readonly AuditEntry[], today: string): boolean {
  const going = new Map<string, boolean>();
  let oldest: string | undefined;
  let kept = 0;
  let lastRemoval = '';
  for (const { what, at } of entries) {
    const day = at.slice(0, 10);
    if (what.event === 'register-changed') {
      kept += what.added;
      if (oldest === undefined || day < oldest) oldest = day;
    }
    if (what.event === 'register-wipe-begun') {
      kept -= what.added;
      going.set(what.register, false);
      lastRemoval = day;
    }
    if (what.event === 'register-wiped') going.set(what.register, what.complete);
  }
  if ([...going.values()].includes(false)) return true;
  if (kept <= 0 || oldest === undefined) return false;
  const until = keptUntil(schoolYearOf(oldest));
  return today > until && lastRemoval <= until;
}
