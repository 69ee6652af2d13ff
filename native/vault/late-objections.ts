import { copiesOutside } from '../../core/dossier/deliveries.ts';
import { missingObjections, withObjections } from '../../core/dossier/school-rules.ts';
import { openTasks } from '../../core/dossier/tasks.ts';
import { AppFailure } from '../../core/errors.ts';
import { sameGroup } from '../../core/register/group.ts';
import { addDays, keepingFacts } from '../../core/retention/terms.ts';
import { withDossier } from './case-job.ts';
import type { Dossier } from './dossier.ts';
import { schoolRules } from './school-rules.ts';
import { noteTask } from './tasks.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

/** A clip at a portal is called back within this many days (domain §2.4). */
export const RECALL_DAYS = 7;

/**
 * Takes in who objected since the questions were answered (B2): they have to be met like the others, whatever was
 * handed in or approved is judged anew, and what was exported is called back.
 * @returns whether somebody came in
 */
export async function takeObjections(session: Session, dossier: Dossier): Promise<boolean> {
  const { intake } = dossier.state;
  if (!intake) return false;
  const rules = await schoolRules(session, intake.group);
  if (missingObjections(intake, rules).length === 0) return false;
  await session.exclusively(() => {
    // First the log: an approval from before this line is none any more, whatever becomes of the rest.
    session.note({ event: 'reopened', dossier: dossier.id, rule: 'B2' });
    const asked = new Set(openTasks(session.entries()).map((task) => task.delivery));
    for (const { by, delivery } of copiesOutside(session.entries(), dossier.id)) {
      // Given out before a crash.
      if (asked.has(delivery)) continue;
      const due = addDays(dayNow(), RECALL_DAYS);
      noteTask(session, { dossier: dossier.id, kind: 'recall', owner: by, due, delivery });
    }
  });
  dossier.record({ event: 'opened', intake: withObjections(intake, rules) });
  return true;
}

export interface Reopened {
  readonly dossiers: readonly string[];
  /**
   * Could not be opened now: no key, at work, or damaged, and reopened when somebody next opens them; or wiped, with a
   * copy outside that somebody has to look after.
   */
  readonly unseen: number;
}

/** Does that for every dossier of a class that this person may open. */
export async function reopenClass(session: Session, group: string): Promise<Reopened> {
  const dossiers: string[] = [];
  let unseen = 0;
  for (const { dossier: id, wipe } of keepingFacts(session.entries()).values()) {
    if (wipe !== 'none') {
      // Its class went with its key; a copy of it that is outside may be of this class all the same.
      if (copiesOutside(session.entries(), id).length > 0) unseen++;
      continue;
    }
    try {
      await withDossier(session, id, undefined, async (dossier) => {
        if (!sameGroup(dossier.state.intake?.group ?? '', group)) return;
        if (await takeObjections(session, dossier)) dossiers.push(id);
      });
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      unseen++;
    }
  }
  return { dossiers, unseen };
}
