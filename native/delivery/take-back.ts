import type { Carrier } from '../../core/delivery/carrier.ts';
import { isOutside } from '../../core/dossier/deliveries.ts';
import { ReceiptNumber, type DeliveryPlan, type DeliveryState, type JournalLine } from '../../core/delivery/journal.ts';
import type { Place } from '../../core/delivery/place.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { fail } from '../../core/errors.ts';
import type { Session } from '../vault/vault.ts';
import { isLogged, settleDeliveries } from './settle.ts';
import { aloneWith, deliveryNamed, openJournal, placeOf } from './deliveries.ts';
import { canTell, wayTo } from './way.ts';

/**
 * Notes that a person brought a delivered clip to the portal, and what that answered.
 * @param on `YYYY-MM-DD`
 * @throws AppFailure `receipt-invalid`, `delivery-unknown`, `delivery-not-done`, `delivery-taken-back`
 */
export async function noteReceipt(session: Session, delivery: string, number: string, on: string): Promise<void> {
  session.require('export');
  const parsed = ReceiptNumber.safeParse(number);
  if (!parsed.success) fail({ code: 'receipt-invalid' });
  const { plan, state, takenBack } = deliveryNamed(session, delivery);
  if (takenBack) fail({ code: 'delivery-taken-back', delivery });
  if (state !== 'done' && !isLogged(session, plan)) fail({ code: 'delivery-not-done', delivery });
  requireConcern(session, plan.dossier, await placeOf(session, delivery));
  await aloneWith(session, plan.target, async () => {
    write(session, delivery, { state: 'handed-in', at: new Date().toISOString(), number, on });
  });
}

/**
 * Brings back what was delivered (R2): removed where it lies, or, where only a person can do that, said to be
 * removed by that person.
 * @param attest whoever asks says that no copy is left at the institute
 * @throws AppFailure `delivery-unknown`, `delivery-taken-back`, `delivery-not-reached` unless it is attested
 */
export async function takeBack(
  session: Session,
  delivery: string,
  attest: boolean,
  carrier: Carrier,
): Promise<'portal' | 'attested'> {
  session.require('take-back');
  const begun = deliveryNamed(session, delivery);
  const { plan } = begun;
  if (begun.takenBack) fail({ code: 'delivery-taken-back', delivery });
  const to = await placeOf(session, delivery);
  requireConcern(session, plan.dossier, to);
  // What left is in the log before it says that it came back.
  await settleDeliveries(session, carrier);
  return aloneWith(session, plan.target, async () => {
    const left = begun.state === 'done' || isLogged(session, plan);
    const away = to !== undefined && (await remove(session, begun, to, left, carrier));
    // A copy that a person brought on is not gone because ours is.
    const how = away && !begun.handedIn ? 'portal' : 'attested';
    if (how === 'attested' && !attest) fail({ code: 'delivery-not-reached', delivery });
    await noteTakenBack(session, plan, how, (line) => write(session, delivery, line));
    return how;
  });
}

/** Says in log and journal that nothing of it lies there any more. */
export async function noteTakenBack(
  session: Session,
  { dossier, delivery }: DeliveryPlan,
  how: 'portal' | 'attested',
  writeLine: (line: JournalLine) => void,
): Promise<void> {
  // Whoever ended the task of it may have said so already.
  if (isOutside(session.entries(), dossier, delivery))
    await session.noteAlone({ event: 'taken-back', dossier, delivery, how });
  writeLine({ state: 'taken-back', at: new Date().toISOString(), how });
}

/** @param left it lay there whole, by journal or log @returns whether it is certain that nothing of it lies there */
async function remove(
  session: Session,
  { plan, receipt }: DeliveryState,
  to: Place,
  left: boolean,
  carrier: Carrier,
): Promise<boolean> {
  try {
    const answer = await carrier.takeBack(
      plan,
      receipt ?? plan.delivery,
      await wayTo(session, plan.delivery, plan.target, to),
    );
    // What was there and is not any more, somebody took on.
    return answer === 'gone' || (answer === 'not-there' && !left && canTell(session, plan));
  } catch (error) {
    if (error instanceof DeliveryFailure) return false;
    throw error;
  }
}

function write(session: Session, delivery: string, line: JournalLine): void {
  const journal = openJournal(session, delivery);
  try {
    journal.write(line);
  } finally {
    journal.close();
  }
}

/**
 * Those who may see the recording; after its wipe those who could when it left. The privacy officer always.
 * @param to where it went, which only they can read
 */
function requireConcern(session: Session, dossier: string, to: Place | undefined): void {
  const { id, role } = session.keys.person;
  const may = session.keyring.has(dossier) ? session.keyring.accessOf(dossier).includes(id) : to !== undefined;
  if (!may && role !== 'privacy-officer') fail({ code: 'access-denied' });
}
