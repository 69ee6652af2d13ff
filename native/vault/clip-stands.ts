import type { DossierState } from '../../core/dossier/events.ts';
import type { HandInRefusal } from '../../core/dossier/hand-in.ts';
import { allowsSound, soundOf } from '../../core/sound/allowed.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { allowedSound } from './sound-rule.ts';
import type { Session } from './vault.ts';

/**
 * What keeps a clip that passed its check from going on all the same: the school allows less sound by now, or
 * something was cut and the check was one that did not look at every picture (docs/known-issues.md).
 */
export function clipRefusals(
  session: Pick<Session, 'vault'>,
  { decisions }: Pick<DossierState, 'decisions'>,
  report: VerificationReport,
): HandInRefusal[] {
  const found: HandInRefusal[] = [];
  if (!allowsSound(allowedSound(session), soundOf(report))) found.push('sound-not-here');
  const cut = decisions && (decisions.cuts.length > 0 || Object.values(decisions.tracks).includes('cut'));
  if (cut && report.furthestField === undefined) found.push('checked-before');
  return found;
}
