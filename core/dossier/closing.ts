import type { AuditEntry } from '../audit/entry.ts';
import { rolesIn } from '../audit/roles.ts';
import { keepingFacts } from '../retention/terms.ts';
import { isMachine } from '../vault/person.ts';
import { copiesOutside } from './deliveries.ts';
import { isAboutCopy, openTasks, owedTasks, type Task } from './tasks.ts';

/** Everything that keeps a dossier from being closed (G6), with the rule that it rests on. */
const RULES = {
  'not-wiped': 'R1',
  'wiped-in-part': 'R1',
  /** In the log there is a certificate, in the vault none that belongs to it. */
  'no-certificate': 'R1',
  'copy-outside': 'R2',
  'on-hold': 'R5',
  'not-assessed': 'P6',
  'task-not-given': 'G6',
  'task-without-owner': 'G6',
  'task-overdue': 'G6',
} as const;
export type ClosingReason = keyof typeof RULES;
export type ClosingRule = (typeof RULES)[ClosingReason];

export function ruleOf(reason: ClosingReason): ClosingRule {
  return RULES[reason];
}

/**
 * Dossiers that are closed. A line that says so before it could be true, as only a client of one's own writes
 * it, closes nothing; whether P6 was answered for, whoever closed it decided.
 */
export function closedDossiers(entries: readonly AuditEntry[]): Set<string> {
  const closed = new Set<string>();
  for (const [index, { what, at }] of entries.entries()) {
    if (what.event !== 'dossier-closed') continue;
    const open = closingRefusals(entries.slice(0, index), what.dossier, at.slice(0, 10));
    if (open.every((reason) => reason === 'not-assessed')) closed.add(what.dossier);
  }
  return closed;
}

/**
 * Why a dossier can't be closed; all of it from the log.
 * @param today `YYYY-MM-DD` @returns empty when nothing stands in the way
 */
export function closingRefusals(entries: readonly AuditEntry[], dossier: string, today: string): ClosingReason[] {
  const facts = keepingFacts(entries).get(dossier);
  const refusals: ClosingReason[] = [];
  if (facts?.wipe !== 'complete')
    refusals.push(facts?.wipe === 'begun' || facts?.wipe === 'partial' ? 'wiped-in-part' : 'not-wiped');
  const roles = rolesIn(entries);
  const tasks = openTasks(entries).filter((task) => task.dossier === dossier);
  // A machine empties no card.
  const owned = ({ owner }: Task) => !isMachine(roles.get(owner) ?? 'caretaker');
  const inTime = ({ due }: Task) => due >= today;
  const seenTo = tasks.some((task) => isAboutCopy(task) && owned(task) && inTime(task));
  if (copiesOutside(entries, dossier).length > 0 && !seenTo) refusals.push('copy-outside');
  if (facts?.holdReviewBy !== undefined) refusals.push('on-hold');
  if (facts?.assessedOn === undefined && !endedUnassessed(entries, dossier)) refusals.push('not-assessed');
  if (owedTasks(entries, dossier).length > 0) refusals.push('task-not-given');
  if (!tasks.every(owned)) refusals.push('task-without-owner');
  if (!tasks.every(inTime)) refusals.push('task-overdue');
  return refusals;
}

/** P6 asks what a recording was used for; one that was found unfit, or that its term took, shows it by itself. */
function endedUnassessed(entries: readonly AuditEntry[], dossier: string): boolean {
  return entries.some(
    ({ what }) =>
      (what.event === 'rejected' && what.dossier === dossier) ||
      (what.event === 'wipe-begun' && what.dossier === dossier && what.rule !== 'request'),
  );
}

/** What does not keep it open, but whoever closes it has to know (P6). */
export function closingWarnings(entries: readonly AuditEntry[], dossier: string): ClosingReason[] {
  return keepingFacts(entries).get(dossier)?.assessedOn === undefined ? ['not-assessed'] : [];
}
