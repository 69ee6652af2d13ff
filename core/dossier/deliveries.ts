import type { AuditEntry } from '../audit/entry.ts';

/** A clip of a dossier that lies outside the school. */
export interface Delivery {
  readonly delivery: string;
  readonly by: string;
  /** Of the clip, hex. */
  readonly sha256: string;
}

/** Copies that were handed in and of which nobody said that they are gone (R2). */
export function copiesOutside(entries: readonly AuditEntry[], dossier: string): Delivery[] {
  const outside = new Map<string, Delivery>();
  for (const { what, by } of entries) {
    if (what.event === 'exported' && what.dossier === dossier)
      outside.set(what.delivery, { delivery: what.delivery, by, sha256: what.sha256 });
    if (what.event === 'taken-back' && what.dossier === dossier) outside.delete(what.delivery);
  }
  return [...outside.values()];
}
