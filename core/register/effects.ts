import { positionOf, pupilsOf, type ClassRegister } from './class-register.ts';
import { sameGroup } from './group.ts';
import type { RegisterTerms } from './school-year.ts';

/** What the register has to know of a dossier; where it is between the gates. */
export interface DossierOutline {
  readonly dossier: string;
  readonly group: string;
  readonly stage: 'open' | 'handed-in' | 'approved' | 'exported';
  /** The recording itself is gone; what was exported is not. */
  readonly wiped: boolean;
}

/** Why: an objection came in (B2, AVG art. 21), or a consent is there no more (AVG art. 7(3)). */
export type EffectRule = 'B2' | 'art. 7(3)';

export interface Effects {
  /** Dossiers that have to be looked at and judged again before anything else is done with them. */
  readonly reopen: readonly { readonly dossier: string; readonly rule: EffectRule }[];
  /** Dossiers of which a clip lies at a portal and has to be taken back there. */
  readonly recall: readonly { readonly dossier: string; readonly rule: EffectRule }[];
}

/**
 * What a change of a class's register means for the dossiers of that class: a late objection acts like
 * any other, also after export (B2, §2.4), and so does a consent that was withdrawn. Recordings of
 * earlier school years are named as well: it costs a look, and the pupil may be in them. A change that
 * leaves every pupil at least as free as before has no effect.
 * @param day `YYYY-MM-DD` of the change
 */
export function effectsOf(
  before: ClassRegister,
  after: ClassRegister,
  dossiers: readonly DossierOutline[],
  day: string,
  terms?: RegisterTerms,
): Effects {
  const rule = effectRule(before, after, day, terms);
  if (!rule) return { reopen: [], recall: [] };
  const own = dossiers.filter(({ group }) => sameGroup(group, after.group));
  const named = (some: readonly DossierOutline[]) => some.map(({ dossier }) => ({ dossier, rule }));
  return {
    reopen: named(own.filter(({ wiped }) => !wiped)),
    recall: named(own.filter(({ stage }) => stage === 'exported')),
  };
}

/** Why a change of a class's register reopens its dossiers; undefined: every pupil is as free as before. */
export function effectRule(
  before: ClassRegister,
  after: ClassRegister,
  day: string,
  terms?: RegisterTerms,
): EffectRule | undefined {
  const changed = pupilsOf(after).map((pupil) => ({
    was: positionOf(before, pupil, day, terms),
    is: positionOf(after, pupil, day, terms),
  }));
  if (changed.some(({ was, is }) => was !== 'objection' && is === 'objection')) return 'B2';
  return changed.some(({ was, is }) => was === 'consent' && is === 'unknown') ? 'art. 7(3)' : undefined;
}
