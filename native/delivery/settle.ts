import type { Carrier } from '../../core/delivery/carrier.ts';
import type { DeliveryState } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { AppFailure } from '../../core/errors.ts';
import { may } from '../../core/vault/person.ts';
import type { Session } from '../vault/vault.ts';
import { allDeliveries, aloneWith, placeOf } from './deliveries.ts';

/** By the log, which alone tells what left (M4). */
export function isLogged(session: Session, delivery: string): boolean {
  return session.entries().some(({ what }) => what.event === 'exported' && what.delivery === delivery);
}

/**
 * Tells the log of what arrived although whoever sent it was cut short: also when the gate has been closed since,
 * what lies there must be known, so that it can be called back (B2, R2). What can't be asked now is asked next time.
 */
export async function settleDeliveries(session: Session, carrier: Carrier): Promise<void> {
  if (!may(session.keys.person.role, 'export')) return;
  for (const known of allDeliveries(session)) {
    const { plan, session: begun, takenBack } = known;
    if (begun === undefined || takenBack || isLogged(session, plan.delivery)) continue;
    await aloneWith(session, plan.target, () => settle(session, known, carrier)).catch((error: unknown) => {
      // It is being sent this very moment.
      if (!(error instanceof AppFailure && error.error.code === 'delivery-busy')) throw error;
    });
  }
}

async function settle(session: Session, { plan }: DeliveryState, carrier: Carrier): Promise<void> {
  const { delivery, dossier, sha256, approval, target } = plan;
  const to = await placeOf(session, delivery);
  if (to === undefined || isLogged(session, delivery) || !(await arrived(plan, to, carrier))) return;
  await session.noteAlone({ event: 'exported', dossier, sha256, approval, target, delivery, settled: true });
}

async function arrived(plan: DeliveryState['plan'], to: string, carrier: Carrier): Promise<boolean> {
  try {
    return (await carrier.find(plan, to)).there === 'whole';
  } catch (error) {
    if (error instanceof DeliveryFailure) return false;
    throw error;
  }
}
