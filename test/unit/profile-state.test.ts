import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES, STRICTEST } from '../../core/profile/examples.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import type { SignedProfile } from '../../core/profile/signed.ts';
import { mayWork, profileState, schoolYearOf, type ProfileFlaw } from '../../core/profile/state.ts';
import { addDays } from '../../core/retention/terms.ts';
import { aDay } from '../fixtures/profiles.ts';

function signed(profile: SchoolProfile, confirmedOn?: string): SignedProfile {
  const by = '00112233445566aa';
  const bare = { profile, hash: '', signedBy: by, verifyKey: '', signedAt: '2026-08-01T00:00:00.000Z', signature: '' };
  return confirmedOn === undefined ? bare : { ...bare, confirmation: { by, on: confirmedOn, signature: '' } };
}
const until = (revisionOn: string) => ({ ...STRICTEST, revisionOn });

describe('whether a profile stands', () => {
  it('needs one that counts', () => {
    for (const reason of ['missing', 'damaged', 'altered', 'signer', 'replaced'] as const satisfies ProfileFlaw[]) {
      const known = profileState(reason, '2026-11-22');
      expect(known).toEqual({ state: 'unsigned', reason });
      expect(mayWork(known)).toBe(false);
    }
  });

  it('ends with its revision date, and not a day before', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        expect(mayWork(profileState(signed(until(day)), day))).toBe(true);
        const after = profileState(signed(until(day)), addDays(day, 1));
        expect(after).toMatchObject({ state: 'expired', reason: 'revision-past' });
        expect(mayWork(after)).toBe(false);
      }),
    );
  });

  it('goes on by confirmation to the end of that school year', () => {
    fc.assert(
      fc.property(aDay, aDay, (on, today) => {
        const known = profileState(signed(EXAMPLES['ovo-zaanstad'], on), today);
        expect(mayWork(known)).toBe(schoolYearOf(on) === schoolYearOf(today));
      }),
    );
    const confirmed = signed(EXAMPLES['ovo-zaanstad'], '2026-11-22');
    expect(profileState(confirmed, '2027-07-31')).toMatchObject({ state: 'valid', confirmedOn: '2026-11-22' });
    expect(profileState(confirmed, '2027-08-01').state).toBe('expired');
  });

  it('has to be confirmed where it has no revision date', () => {
    const known = profileState(signed(EXAMPLES.trinitas), '2026-11-22');
    expect(known).toMatchObject({ state: 'expired', reason: 'no-revision-date' });
  });
});
