import type { DossierState } from './events.ts';
import { intakeRefusals } from './intake.ts';
import { missingObjections, type SchoolRules } from './school-rules.ts';

/** What keeps a dossier from being handed in for review (gate G2). */
export type HandInRefusal =
  | 'intake-missing'
  | 'intake-incomplete'
  | 'not-rendered'
  | 'objections-open'
  | 'objections-late'
  | 'resolution-not-here'
  | 'kept-not-staff'
  | 'already-handed-in'
  | 'sent-back'
  | 'rejected'
  /** By what the school allows of sound now, and by how the clip was checked. */
  | 'sound-not-here'
  | 'checked-before'
  /** By the log, which only who has the vault at hand can ask (R5, AVG art. 18). */
  | 'on-hold';

/**
 * @param school undefined: what holds in every school
 * @returns nothing when it may go to the schoolopleider
 */
export function handInRefusals(state: DossierState, school?: SchoolRules): HandInRefusal[] {
  const found: HandInRefusal[] = [];
  const late = school !== undefined && missingObjections(state.intake, school).length > 0;
  if (!state.intake) found.push('intake-missing');
  else if (intakeRefusals(state.intake, school).some(({ rule }) => rule !== 'B1-register'))
    found.push('intake-incomplete');
  if (late) found.push('objections-late');
  const met = Object.values(state.resolutions);
  if (school && met.some((each) => !school.resolutions.includes(each))) found.push('resolution-not-here');
  if (openObjections(state).length > 0) found.push('objections-open');
  if (keptStrangers(state).length > 0) found.push('kept-not-staff');
  // A clip is only kept when it passed, and any later decision makes it out of date.
  if (state.clip === undefined) found.push('not-rendered');
  if (state.handedIn) found.push('already-handed-in');
  const { verdict } = state;
  // The same clip again would only be sent back again.
  if (verdict?.kind === 'sent-back' && verdict.sha256 === state.clip) found.push('sent-back');
  if (verdict?.kind === 'rejected') found.push('rejected');
  return found;
}

/** Tracks that stay in view although nobody of the staff who consented was named for them. */
export function keptStrangers({ intake, decisions }: Pick<DossierState, 'intake' | 'decisions'>): string[] {
  const staff = new Set((intake?.staff ?? []).flatMap(({ name, consentOn }) => (consentOn === '' ? [] : [name])));
  const { tracks = {}, because = {} } = decisions ?? {};
  return Object.keys(tracks).filter((track) => tracks[track] === 'keep' && !staff.has(because[track] ?? ''));
}

/** Pupils who object and of whom it was not said how that was met, or it was said and is not so (B6). */
export function openObjections({ intake, resolutions, decisions }: DossierState): string[] {
  const nothingCut = decisions?.cuts.length === 0 && !Object.values(decisions.tracks).includes('cut');
  // A pseudonym may be any word, also one that every object answers to.
  return (intake?.objections ?? [])
    .map(({ pupil }) => pupil)
    .filter(
      (pupil) => !Object.hasOwn(resolutions, pupil) || (resolutions[pupil] === 'cut' && (!decisions || nothingCut)),
    );
}
