import type { AuditEntry } from '../../core/audit/entry.ts';
import { copiesOutside } from '../../core/dossier/deliveries.ts';
import { isAboutCopy, owedTasks, tasksOf, type Task, type TaskKind } from '../../core/dossier/tasks.ts';
import { fail } from '../../core/errors.ts';
import { addDays, keepingFacts } from '../../core/retention/terms.ts';
import { newId } from './seal.ts';
import type { Session } from './vault.ts';

/** What is given to somebody to do. */
export interface TaskWish {
  readonly dossier: string;
  readonly kind: TaskKind;
  /** Number of a person. */
  readonly owner: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly due: string;
  /** The copy that it is about. */
  readonly delivery?: string;
}

/** Gives somebody something to do; call within `exclusively`. @returns number of the task */
export function noteTask(session: Session, wish: TaskWish): string {
  const task = newId();
  session.note({ event: 'task-opened', task, ...wish });
  return task;
}

/**
 * Gives out what wipes left to people and nobody has yet: also what a crash right after a wipe left.
 * @param only one dossier; undefined: all
 * @returns how many tasks were opened
 */
export async function giveOwedTasks(session: Session, today: string, only?: string): Promise<number> {
  return session.exclusively(() => noteOwedTasks(session, today, only));
}

/** The same, within `exclusively`. */
export function noteOwedTasks(session: Session, today: string, only?: string): number {
  const entries = session.entries();
  const dossiers = only === undefined ? [...keepingFacts(entries).keys()] : [only];
  const wishes = dossiers.flatMap((dossier) => wishesOf(entries, dossier, today));
  for (const wish of wishes) noteTask(session, wish);
  return wishes.length;
}

function wishesOf(entries: readonly AuditEntry[], dossier: string, today: string): TaskWish[] {
  return owedTasks(entries, dossier).map(({ kind, owner, within, delivery }) => ({
    ...{ dossier, kind, owner },
    ...(delivery !== undefined && { delivery }),
    due: addDays(today, within),
  }));
}

/**
 * Notes that somebody did what the software can't. Of a copy that was handed in they vouch in one that it is
 * gone (R2).
 * @throws AppFailure `act-not-allowed`, `task-unknown`, `task-is-done`, `task-not-yours`
 */
export async function finishTask(session: Session, id: string): Promise<Task> {
  session.require('attest');
  return session.exclusively(() => {
    const entries = session.entries();
    const task = tasksOf(entries).find((each) => each.task === id) ?? fail({ code: 'task-unknown', task: id });
    if (task.doneOn !== undefined) fail({ code: 'task-is-done' });
    const { id: me, role } = session.keys.person;
    // Those who answer for more than their own may say it of a colleague who left.
    if (role === 'trainee' && task.owner !== me) fail({ code: 'task-not-yours' });
    const all = isAboutCopy(task) ? copiesOutside(entries, task.dossier) : [];
    const copies = all.filter(({ delivery }) => task.delivery === undefined || delivery === task.delivery);
    if (copies.length > 0) session.require('take-back');
    for (const { delivery } of copies)
      session.note({ event: 'taken-back', dossier: task.dossier, delivery, how: 'attested' });
    session.note({ event: 'task-done', dossier: task.dossier, task: id });
    return task;
  });
}
