import { fail } from '../../core/errors.ts';
import { mayWork } from '../../core/profile/state.ts';
import { showingRefusals, type Showing } from '../../core/vault/showing.ts';
import { dayNow } from '../day.ts';
import { factsOf } from './keeping.ts';
import type { Session } from './vault.ts';

/**
 * Notes that a recording was shown: to how many, never to whom (M7); only by someone who may see it. Under
 * supervision (S7) only where the school's signed profile lets that happen, and by a school trainer.
 * @throws AppFailure `act-not-allowed`, `dossier-unknown`, `dossier-wiped`, `access-denied`, `showing-refused`
 */
export async function noteShowing(session: Session, dossier: string, showing: Showing, now: Date): Promise<void> {
  session.require('show');
  const { importedOn } = factsOf(session, dossier);
  if (!session.keyring.accessOf(dossier).includes(session.keys.person.id)) fail({ code: 'access-denied' });
  const today = now.toISOString().slice(0, 10);
  const supervisedLook = allowsSupervised(session, today);
  const { role } = session.keys.person;
  const rules = showingRefusals(showing, { role, supervisedLook, importedOn, today });
  if (rules.length > 0) fail({ code: 'showing-refused', rules });
  await session.noteAlone({ event: 'shown', dossier, ...showing });
}

function allowsSupervised(session: Session, today: string): boolean {
  const profile = session.vault.profile(today);
  return mayWork(profile) && profile.signed.profile.supervisedLook;
}

/** What was noted of a dossier, and whether whoever sits here may show it under supervision (S7). */
export function showingsOf(
  session: Session,
  dossier: string,
): { readonly supervised: boolean; readonly noted: readonly Showing[] } {
  const noted = session.entries().flatMap(({ what }): Showing[] => {
    if (what.event !== 'shown' || what.dossier !== dossier) return [];
    const { kind, on, people } = what;
    return [{ kind, on, people }];
  });
  const supervised = session.keys.person.role === 'school-trainer' && allowsSupervised(session, dayNow());
  return { supervised, noted };
}
