import type { AuditEntry } from '../audit/entry.ts';

/** A clip of a dossier that lies, or may lie, outside the school. */
export interface Delivery {
  readonly delivery: string;
  /** It arrived; of others nobody knows how much of it lies there. */
  readonly whole: boolean;
  readonly by: string;
  /** Of the clip, hex. */
  readonly sha256: string;
}

/**
 * Copies that were handed in, and deliveries that were cut short after something left, of which nobody said that
 * they are gone (R2): a film without its last second can be played.
 */
export function copiesOutside(entries: readonly AuditEntry[], dossier: string): Delivery[] {
  const outside = new Map<string, Delivery>();
  for (const { what, by } of entries) {
    if (!('delivery' in what) || what.dossier !== dossier) continue;
    const { event, delivery } = what;
    if (event === 'exported') outside.set(delivery, { delivery, whole: true, by, sha256: what.sha256 });
    if (event === 'export-begun' && !outside.has(delivery))
      outside.set(delivery, { delivery, whole: false, by, sha256: what.sha256 });
    if (event === 'taken-back') outside.delete(delivery);
  }
  return [...outside.values()];
}

/** Whether this one is among them. */
export function isOutside(entries: readonly AuditEntry[], dossier: string, delivery: string): boolean {
  return copiesOutside(entries, dossier).some((copy) => copy.delivery === delivery);
}
