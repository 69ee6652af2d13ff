import type { EndedLine, TaskLine } from '../../core/dossier/case-line.ts';
import { closedDossiers } from '../../core/dossier/closing.ts';
import { openTasks } from '../../core/dossier/tasks.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { may } from '../../core/vault/person.ts';
import { dayNow } from '../day.ts';
import { closingReasons } from '../vault/closing.ts';
import type { Session } from '../vault/vault.ts';

/** Everything that falls to people, first what must be done first. */
export function tasksAtDesk(session: Session): TaskLine[] {
  const { id: me, role } = session.keys.person;
  const people = session.vault.people();
  const entries = session.entries();
  const facts = keepingFacts(entries);
  const today = dayNow();
  const lines = openTasks(entries).map(({ task, dossier, kind, owner, due }) => ({
    ...{ task, dossier, kind, due, overdue: due < today },
    recordedOn: facts.get(dossier)?.recordedOn ?? due,
    owner: people.get(owner)?.person.name,
    mine: owner === me || (role !== 'trainee' && may(role, 'attest')),
  }));
  return lines.sort((a, b) => a.due.localeCompare(b.due));
}

/** @returns nothing for those who close no dossiers (G6) */
export function endedAtDesk(session: Session): EndedLine[] {
  if (!may(session.keys.person.role, 'close')) return [];
  const entries = session.entries();
  const closed = closedDossiers(entries);
  const today = dayNow();
  return [...keepingFacts(entries).values()]
    .filter(({ dossier, wipe }) => wipe === 'complete' && !closed.has(dossier))
    .map(({ dossier, recordedOn }) => ({
      ...{ dossier, recordedOn },
      // What nobody was given yet is given out when it is closed.
      missing: closingReasons(session, dossier, today).filter((reason) => reason !== 'task-not-given'),
    }));
}
