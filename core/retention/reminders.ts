import type { AuditEntry } from '../audit/entry.ts';
import { openTasks, type TaskKind } from '../dossier/tasks.ts';
import { dueOf, keepingFacts, type KeepingFacts } from './terms.ts';

/** Days before something is due at which people are told of it, furthest first. */
const LADDER = [14, 7, 3, 1, 0] as const;
/** The nearest rung that was reached; 0: it is due today. */
export type Rung = (typeof LADDER)[number] | 'overdue';

/** Something that comes due, for a list, a window or a mail to show. */
export interface Reminder {
  /** `wipe-again`: begun and not whole; `hold`: to be looked at again (R5). */
  readonly about: 'wipe' | 'wipe-again' | 'hold' | 'task';
  readonly dossier: string;
  /** Of a task alone. */
  readonly task?: { readonly task: string; readonly kind: TaskKind; readonly owner: string };
  /** Last day, `YYYY-MM-DD`. */
  readonly due: string;
  /** Days that are left; below zero it is late. */
  readonly left: number;
  readonly rung: Rung;
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** @returns undefined while it is further off than the first rung */
export function rungOf(due: string, today: string): Rung | undefined {
  const left = daysBetween(today, due);
  return left < 0 ? 'overdue' : LADDER.findLast((rung) => left <= rung);
}

/** Everything that is due within the ladder or late, the most urgent first. @param today `YYYY-MM-DD` */
export function reminders(entries: readonly AuditEntry[], today: string): Reminder[] {
  const found: Reminder[] = [];
  for (const facts of keepingFacts(entries).values()) {
    const reminder = reminderOf(facts, today);
    if (reminder) found.push(reminder);
  }
  for (const { task, dossier, kind, owner, due } of openTasks(entries)) {
    const reminder = at('task', dossier, due, today);
    if (reminder) found.push({ ...reminder, task: { task, kind, owner } });
  }
  return found.sort((a, b) => a.left - b.left);
}

/** What is due of a recording itself; undefined when nothing is, or not yet. */
export function reminderOf(facts: KeepingFacts, today: string): Reminder | undefined {
  const { dossier, wipe, holdReviewBy } = facts;
  if (wipe === 'complete') return undefined;
  const due = dueOf(facts).on;
  // Meant to be gone already, whatever its term says.
  if (wipe !== 'none') return { about: 'wipe-again', dossier, due, left: daysBetween(today, due), rung: 'overdue' };
  return holdReviewBy === undefined ? at('wipe', dossier, due, today) : at('hold', dossier, holdReviewBy, today);
}

function at(about: Reminder['about'], dossier: string, due: string, today: string): Reminder | undefined {
  const rung = rungOf(due, today);
  return rung === undefined ? undefined : { about, dossier, due, left: daysBetween(today, due), rung };
}
