import { keepsNoLonger } from '../retention/policy.ts';
import type { SchoolProfile } from './profile.ts';

/** True when the school's value allows nothing that the partnership's does not. */
type NoLooser<F extends keyof SchoolProfile> = (school: SchoolProfile[F], partnership: SchoolProfile[F]) => boolean;

/** From the strictest on. */
function inOrder<T>(...values: readonly T[]) {
  return (school: T, partnership: T) => values.indexOf(school) <= values.indexOf(partnership);
}

const within = <T>(few: readonly T[], many: readonly T[]) => few.every((value) => many.includes(value));

const sharing = inOrder<SchoolProfile['sharing']>('never', 'assessment-only', 'to-institute');
const pupils = inOrder<SchoolProfile['regime']['pupils']>('consent', 'objection');
const refresh = inOrder<SchoolProfile['regime']['refresh']>('yearly', 'on-change');

const purposes: NoLooser<'purposes'> = (school, partnership) =>
  school.every(({ purpose, ground }) =>
    // Asking for consent is more than either of the other grounds demands; those two are no stricter than each other.
    partnership.some((theirs) => theirs.purpose === purpose && (theirs.ground === ground || ground === 'consent')),
  );

const vaults: NoLooser<'vaults'> = (school, partnership) =>
  school.place === 'network' ||
  (partnership.place === 'local' && school.daysAfterImport <= partnership.daysAfterImport);

const portals: NoLooser<'portals'> = (school, partnership) =>
  school.every(({ id, host, platform, port, hostKey, fileHosts = [] }) =>
    partnership.some(
      (theirs) =>
        theirs.id === id &&
        theirs.host === host &&
        theirs.platform === platform &&
        theirs.port === port &&
        theirs.hostKey === hostKey &&
        fileHosts.every((each) => theirs.fileHosts?.includes(each) === true),
    ),
  );

/** What a partnership decides for its schools, and what of it a school may make of its own. */
export const SHARED = {
  purposes,
  proofOnly: inOrder('deny', 'allow'),
  sharing,
  regime: (school, partnership) =>
    pupils(school.pupils, partnership.pupils) && refresh(school.refresh, partnership.refresh),
  resolutions: within,
  terms: keepsNoLonger,
  vaults,
  portals,
  sound: inOrder('off', 'altered', 'keep'),
  supervisedLook: inOrder(false, true),
  coverage: inOrder('every-second', 'doubts-and-sample'),
  // None at all means a confirmation each school year.
  revisionOn: (school, partnership) => school === undefined || (partnership !== undefined && school <= partnership),
} satisfies { [F in keyof SchoolProfile]?: NoLooser<F> };
export type SharedField = keyof typeof SHARED;

const FIELDS = Object.keys(SHARED) as SharedField[];

function looser<F extends SharedField>(field: F, school: SchoolProfile, partnership: SchoolProfile): boolean {
  const noLooser = SHARED[field] as NoLooser<F>;
  return !noLooser(school[field], partnership[field]);
}

/** Fields in which the first allows what the second does not. */
export function looserFields(school: SchoolProfile, partnership: SchoolProfile): SharedField[] {
  return FIELDS.filter((field) => looser(field, school, partnership));
}
