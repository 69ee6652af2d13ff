import type { DeliveryState } from '../../core/delivery/journal.ts';
import { openTasks, type TaskKind } from '../../core/dossier/tasks.ts';
import { fail } from '../../core/errors.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { mayWork } from '../../core/profile/state.ts';
import { dueOf, keepingFacts } from '../../core/retention/terms.ts';
import { allDeliveries } from '../delivery/deliveries.ts';
import type { Session } from '../vault/vault.ts';
import { dayNow } from '../day.ts';
import { wipeDossier } from '../wipe/dossier-wipe.ts';

export interface After {
  readonly targets: readonly Portal[];
  readonly deliveries: readonly DeliveryState[];
  readonly assessedOn: string | undefined;
  readonly due: string;
}

/** Where a clip may go, where it went, and until when all of it is kept. */
export function afterOf(session: Session, dossier: string): After {
  const facts = keepingFacts(session.entries()).get(dossier) ?? fail({ code: 'dossier-unknown', dossier });
  const known = session.vault.profile(dayNow());
  return {
    // Without rules that stand nothing goes out; what is to be wiped or taken back is done all the same.
    targets: mayWork(known) ? known.signed.profile.portals : [],
    deliveries: allDeliveries(session)
      .filter(({ plan }) => plan.dossier === dossier)
      .map((each) => ({ ...each, takenBack: each.takenBack ?? backByLog(session, each.plan.delivery) })),
    assessedOn: facts.assessedOn,
    due: dueOf(facts).on,
  };
}

/** Whoever ended the task of a copy said by it that it is gone; the delivery's own journal was not told. */
function backByLog(session: Session, delivery: string): DeliveryState['takenBack'] {
  const line = session.entries().find(({ what }) => what.event === 'taken-back' && what.delivery === delivery);
  return line?.what.event === 'taken-back' ? line.what.how : undefined;
}

/** Everything of a dossier, at someone's word (R1). @returns what is left to people */
export async function wipeAtDesk(
  session: Session,
  dossier: string,
): Promise<{ readonly complete: boolean; readonly tasks: readonly TaskKind[] }> {
  const { complete } = await wipeDossier(session, dossier, 'request');
  const tasks = openTasks(session.entries()).filter((task) => task.dossier === dossier);
  return { complete, tasks: tasks.map(({ kind }) => kind) };
}
