import type { DossierState } from './events.ts';
import { intakeRefusals } from './intake.ts';

/** What keeps a dossier from being handed in for review (gate G2). */
export type HandInRefusal =
  'intake-missing' | 'intake-incomplete' | 'not-rendered' | 'objections-open' | 'already-handed-in';

/** @returns nothing when it may go to the schoolopleider */
export function handInRefusals(state: DossierState): HandInRefusal[] {
  const found: HandInRefusal[] = [];
  if (!state.intake) found.push('intake-missing');
  else if (intakeRefusals(state.intake).length > 0) found.push('intake-incomplete');
  if (openObjections(state).length > 0) found.push('objections-open');
  // A clip is only kept when it passed, and any later decision makes it out of date.
  if (state.clip === undefined) found.push('not-rendered');
  if (state.handedIn) found.push('already-handed-in');
  return found;
}

/** Pupils who object and of whom it was not said how that was met. */
export function openObjections({ intake, resolutions }: DossierState): string[] {
  // A pseudonym may be any word, also one that every object answers to.
  return (intake?.objections ?? []).map(({ pupil }) => pupil).filter((pupil) => !Object.hasOwn(resolutions, pupil));
}
