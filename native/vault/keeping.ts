import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { addDays, dueOf, HOLD_REVIEW_DAYS, keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import { valid } from '../../core/valid.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

/** @throws AppFailure `dossier-unknown`, `dossier-wiped` */
export function factsOf(session: Session, dossier: string): KeepingFacts {
  const facts = keepingFacts(session.entries()).get(dossier) ?? fail({ code: 'dossier-unknown', dossier });
  return facts.wipe === 'none' ? facts : fail({ code: 'dossier-wiped' });
}

const Assessment = z.strictObject({ on: z.iso.date() });

/**
 * Notes that a recording was assessed, which starts its term (R4); only by someone who may see it.
 * @param on `YYYY-MM-DD` @returns the day until which it is kept
 * @throws AppFailure `value-invalid`, and `assessed-day` for one before the recording came in, after today, or whose
 * term is over
 */
export async function noteAssessment(session: Session, dossier: string, on: string): Promise<string> {
  session.require('assess');
  valid(Assessment, { on });
  const { importedOn, terms } = factsOf(session, dossier);
  if (!session.keyring.accessOf(dossier).includes(session.keys.person.id)) fail({ code: 'access-denied' });
  // A slip of the hand would have the recording wiped at once, and nobody could take it back.
  const today = dayNow();
  const latest = addDays(today, -terms.daysAfterAssessment);
  const from = latest > importedOn ? latest : importedOn;
  if (on < from || on > today) fail({ code: 'assessed-day', from, to: today });
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
