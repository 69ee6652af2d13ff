import { fail } from '../../core/errors.ts';
import { mayWork } from '../../core/profile/state.ts';
import { showingRefusals, type Showing } from '../../core/vault/showing.ts';
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
  const profile = session.vault.profile(today);
  const supervisedLook = mayWork(profile) && profile.signed.profile.supervisedLook;
  const { role } = session.keys.person;
  const rules = showingRefusals(showing, { role, supervisedLook, importedOn, today });
  if (rules.length > 0) fail({ code: 'showing-refused', rules });
  await session.noteAlone({ event: 'shown', dossier, ...showing });
}
