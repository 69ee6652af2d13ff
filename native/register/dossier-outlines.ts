import { AppFailure } from '../../core/errors.ts';
import type { DossierOutline } from '../../core/register/effects.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { withDossier } from '../vault/case-job.ts';
import type { Session } from '../vault/vault.ts';

export interface Outlines {
  readonly outlines: readonly DossierOutline[];
  /** Dossiers whose class could not be read: no key, busy, or damaged. Someone else has to look. */
  readonly unseen: number;
}

/** Classes and stages of the dossiers that the person has the key of; which class it is stands in there alone. */
export async function dossierOutlines(session: Session): Promise<Outlines> {
  const outlines: DossierOutline[] = [];
  let unseen = 0;
  for (const { dossier, wipe } of keepingFacts(session.entries()).values()) {
    // Its class went with its key.
    if (wipe !== 'none') continue;
    try {
      const { intake, handedIn } = await withDossier(session, dossier, undefined, ({ state }) =>
        Promise.resolve(state),
      );
      if (intake) outlines.push({ dossier, group: intake.group, stage: handedIn ? 'handed-in' : 'open', wiped: false });
      else unseen++;
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      unseen++;
    }
  }
  return { outlines, unseen };
}
