import { fail } from '../../core/errors.ts';
import type { Printable } from '../../core/register/letters.ts';
import { letterGap, requestLetter } from '../../core/requests/letters.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { requireSigned } from '../vault/profile.ts';
import type { Session } from '../vault/vault.ts';
import { showRequest } from './request-desk.ts';

/**
 * The letter to who asked, in the words of the school's signed profile (B8). A profile past its revision
 * date does: an answer has a day of its own, and the complaint route is the newest that was signed.
 * @throws AppFailure `act-not-allowed`, `profile-unsigned`, `request-letter-gap`, `request-no-letter`, `request-unknown`
 */
export async function letterFor(session: Session, id: string, now = new Date()): Promise<Printable> {
  const { known } = await showRequest(session, id, now);
  const { profile } = requireSigned(session.vault.profile(now.toISOString().slice(0, 10)));
  const field = letterGap(profile);
  if (field !== undefined) fail({ code: 'request-letter-gap', field });
  return requestLetter(known, profile, keepingFacts(session.entries())) ?? fail({ code: 'request-no-letter' });
}
