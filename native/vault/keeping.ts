import { fail } from '../../core/errors.ts';
import { addDays, dueOf, HOLD_REVIEW_DAYS, keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import type { Session } from './vault.ts';

/** @throws AppFailure `dossier-unknown`, `dossier-wiped` */
export function factsOf(session: Session, dossier: string): KeepingFacts {
  const facts = keepingFacts(session.entries()).get(dossier) ?? fail({ code: 'dossier-unknown', dossier });
  return facts.wipe === 'none' ? facts : fail({ code: 'dossier-wiped' });
}

/**
 * Notes that a recording was assessed, which starts its term (R4); only by someone who may see it.
 * @param on `YYYY-MM-DD` @returns the day until which it is kept
 */
export async function noteAssessment(session: Session, dossier: string, on: string): Promise<string> {
  session.require('assess');
  factsOf(session, dossier);
  if (!session.keyring.accessOf(dossier).includes(session.keys.person.id)) fail({ code: 'access-denied' });
  await session.noteAlone({ event: 'assessed', dossier, on });
  return dueOf(factsOf(session, dossier)).on;
}

/** Sets or lifts an incident hold (R5). @returns the day by which a hold must be looked at again */
export async function setHold(session: Session, dossier: string, hold: boolean, today: string): Promise<string> {
  session.require('hold');
  const reviewBy = addDays(today, HOLD_REVIEW_DAYS);
  await session.exclusively(() => {
    factsOf(session, dossier);
    session.note(hold ? { event: 'hold-set', dossier, reviewBy } : { event: 'hold-lifted', dossier });
  });
  return reviewBy;
}
