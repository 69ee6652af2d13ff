import type { Carrier } from '../../core/delivery/carrier.ts';
import type { DeliveryPlan, DeliveryState } from '../../core/delivery/journal.ts';
import type { Place } from '../../core/delivery/place.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { courseOf } from '../../core/dossier/course.ts';
import { openTasks } from '../../core/dossier/tasks.ts';
import { AppFailure, throwIfCancelled } from '../../core/errors.ts';
import { addDays } from '../../core/retention/terms.ts';
import { may } from '../../core/vault/person.ts';
import { dayNow } from '../day.ts';
import { RECALL_DAYS } from '../vault/late-objections.ts';
import { noteTask } from '../vault/tasks.ts';
import type { Session } from '../vault/vault.ts';
import { allDeliveries, aloneWith, placeOf } from './deliveries.ts';
import { canTell, wayTo } from './way.ts';

/** By the log, which alone tells what left (M4). */
export function isLogged(session: Session, { delivery, dossier, sha256 }: DeliveryPlan): boolean {
  return session
    .entries()
    .some(
      ({ what }) =>
        what.event === 'exported' && what.delivery === delivery && what.dossier === dossier && what.sha256 === sha256,
    );
}

/**
 * Tells the log of what arrived although whoever sent it was cut short: also when the gate has been closed since,
 * what lies there must be known, so that it can be called back (B2, R2). What can't be asked now is asked next time;
 * one delivery that can't be settled keeps no other from leaving or coming back.
 */
export async function settleDeliveries(session: Session, carrier: Carrier, signal?: AbortSignal): Promise<void> {
  if (!may(session.keys.person.role, 'export')) return;
  for (const known of allDeliveries(session)) {
    throwIfCancelled(signal);
    const { plan, session: begun, takenBack } = known;
    if (begun === undefined || takenBack || isLogged(session, plan) || !canTell(session, plan)) continue;
    await aloneWith(session, plan.target, () => settle(session, known, carrier)).catch((error: unknown) => {
      if (!(error instanceof AppFailure)) throw error;
    });
  }
}

async function settle(session: Session, { plan }: DeliveryState, carrier: Carrier): Promise<void> {
  const { delivery, dossier, sha256, approval, target } = plan;
  const to = await placeOf(session, delivery);
  if (to === undefined || isLogged(session, plan) || !(await arrived(session, plan, to, carrier))) return;
  await session.exclusively(() => {
    session.note({ event: 'exported', dossier, sha256, approval, target, delivery, settled: true });
    const { approved, wipe } = courseOf(session.entries(), dossier);
    const asked = openTasks(session.entries()).some((task) => task.delivery === delivery);
    // What voided the approval meanwhile may not have known of this copy, and called nothing back.
    if (approved?.approval !== approval && wipe === 'none' && !asked)
      noteTask(session, {
        dossier,
        kind: 'recall',
        owner: session.keys.person.id,
        due: addDays(dayNow(), RECALL_DAYS),
        delivery,
      });
  });
}

async function arrived(session: Session, plan: DeliveryPlan, to: Place, carrier: Carrier): Promise<boolean> {
  try {
    return (await carrier.find(plan, await wayTo(session, plan.delivery, plan.target, to))).there === 'whole';
  } catch (error) {
    if (error instanceof DeliveryFailure) return false;
    throw error;
  }
}
