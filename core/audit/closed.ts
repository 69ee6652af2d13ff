import type { AuditEvent } from './entry.ts';

/**
 * What may still be said of a closed dossier (G6): what was left to people with an owner is done, a copy
 * outside is called back when an objection comes late, and what comes back from a backup goes again. Nothing
 * in it makes, shows or hands out anything. Incidents name no dossier, and are never closed out.
 */
const AFTER_CLOSING: ReadonlySet<AuditEvent['event']> = new Set([
  ...(['task-opened', 'task-done', 'taken-back', 'reopened'] as const),
  // Whoever wrote a dossier closed too early must not have stopped its wipe by that.
  ...(['wipe-begun', 'wipe-step', 'wiped', 'source-wipe-begun', 'source-wiped'] as const),
]);

/** The dossier that a line is about, where a closed one takes no such line. */
export function closedOutBy(what: AuditEvent): string | undefined {
  // A copy that arrived unseen has to be known, to be called back.
  const open = AFTER_CLOSING.has(what.event) || (what.event === 'exported' && what.settled === true);
  return 'dossier' in what && !open ? what.dossier : undefined;
}
