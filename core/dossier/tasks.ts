import type { AuditEntry, AuditEvent } from '../audit/entry.ts';
import { copiesOutside } from './deliveries.ts';

export type TaskKind = Extract<AuditEvent, { event: 'task-opened' }>['kind'];

/** What the software can't do itself: a copy elsewhere, with who sees to it and by when (domain §4.5 step 10). */
export interface Task {
  readonly task: string;
  readonly dossier: string;
  readonly kind: TaskKind;
  readonly owner: string;
  /** Days as `YYYY-MM-DD`; on `due` itself it is still in time. */
  readonly due: string;
  /** The copy that it is about. */
  readonly delivery: string | undefined;
  readonly doneOn: string | undefined;
}

/** Every task of the log, in the order in which they were opened. */
export function tasksOf(entries: readonly AuditEntry[]): Task[] {
  const all = new Map<string, Task>();
  for (const { what, at } of entries) {
    if (what.event === 'task-opened' && !all.has(what.task)) {
      const { task, dossier, kind, owner, due, delivery } = what;
      all.set(task, { task, dossier, kind, owner, due, delivery, doneOn: undefined });
    }
    const known = what.event === 'task-done' ? all.get(what.task) : undefined;
    if (known && what.event === 'task-done' && known.dossier === what.dossier)
      all.set(known.task, { ...known, doneOn: known.doneOn ?? at.slice(0, 10) });
  }
  return [...all.values()];
}

export function openTasks(entries: readonly AuditEntry[]): Task[] {
  return tasksOf(entries).filter(({ doneOn }) => doneOn === undefined);
}

/** Whether a task is about a copy that was handed in. */
export function isAboutCopy({ kind }: Pick<Task, 'kind'>): boolean {
  return kind === 'portal' || kind === 'recall';
}

/** A task that a wipe leaves, and whom it falls to. */
export interface OwedTask {
  readonly kind: TaskKind;
  readonly owner: string;
  /** Days from when it is opened. */
  readonly within: number;
  /** The copy that it is about. */
  readonly delivery?: string;
}

/** Days: a card is at hand, backups go round, and a portal may answer late. */
const WITHIN = { card: 7, phone: 7, backup: 28, portal: 14 } as const;

/**
 * What is left to people once a recording was wiped, and was not given to anybody yet. A lesson was filmed
 * with something: that its card is empty a person says (S9), also where the file that came in was wiped, as
 * that may have been a copy. The device is left too, unless the very file that came in was overwritten where
 * overwriting reaches it. Backups of the vault nobody here can see.
 */
export function owedTasks(entries: readonly AuditEntry[], dossier: string): OwedTask[] {
  const story = entries.filter(({ what }) => 'dossier' in what && what.dossier === dossier);
  const imported = story.find(({ what }) => what.event === 'imported');
  if (imported?.what.event !== 'imported' || !story.some(({ what }) => what.event === 'wiped')) return [];
  const opened = tasksOf(entries).filter((task) => task.dossier === dossier);
  const reached = story.some(({ what }) => what.event === 'source-wiped' && what.complete && what.reason === undefined);
  const lesson = imported.what.source === 'lesson';
  const keeper = entries.find(({ what }) => what.event === 'vault-created')?.by ?? imported.by;
  const owed: OwedTask[] = [];
  const owe = (kind: keyof typeof WITHIN, owner: string) => owed.push({ kind, owner, within: WITHIN[kind] });
  const never = (kind: TaskKind) => opened.every((task) => task.kind !== kind);
  if (lesson && never('card')) owe('card', imported.by);
  if (!(lesson && reached) && never('phone')) owe('phone', imported.by);
  if (never('backup')) owe('backup', keeper);
  const asked = opened.filter((task) => isAboutCopy(task) && task.doneOn === undefined);
  // Nobody vouches for what somebody else handed in.
  for (const { delivery, by } of copiesOutside(entries, dossier))
    if (!asked.some((task) => task.delivery === undefined || task.delivery === delivery))
      owed.push({ kind: 'portal', owner: by, within: WITHIN.portal, delivery });
  return owed;
}
