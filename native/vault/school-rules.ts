import type { SchoolRules } from '../../core/dossier/school-rules.ts';
import { fail } from '../../core/errors.ts';
import { termsIn } from '../../core/profile/profile.ts';
import { mayWork } from '../../core/profile/state.ts';
import { pupilsToHide } from '../../core/register/sheet.ts';
import { readSheets } from '../register/sheets.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

/**
 * What the signed profile and the register say of a class today.
 * @throws AppFailure `profile-unsigned`, `profile-expired`, `register-sheet-old`
 */
export async function schoolRules(session: Session, group: string): Promise<SchoolRules> {
  const today = dayNow();
  const known = session.vault.profile(today);
  if (!mayWork(known))
    return known.state === 'unsigned'
      ? fail({ code: 'profile-unsigned', reason: known.reason })
      : fail({ code: 'profile-expired', revisionOn: known.signed.profile.revisionOn });
  const { profile } = known.signed;
  const { purposes, proofOnly, sharing, resolutions, regime } = profile;
  const toHide = pupilsToHide(await readSheets(session), group, regime.pupils, today);
  return { purposes, proofOnly, sharing, resolutions, lessonTerms: termsIn(profile).lesson, toHide };
}
