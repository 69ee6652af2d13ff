import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../core/errors.ts';
import { EXAMPLES, STRICTEST } from '../../core/profile/examples.ts';
import { inherit, type OwnValues } from '../../core/profile/inherit.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { looserFields, SHARED, type SharedField } from '../../core/profile/strictness.ts';
import { profiles } from '../fixtures/profiles.ts';

const { school, board, manager, privacyOfficer, complaints } = EXAMPLES.trinitas;
const CONTACTS: OwnValues = { school, board, manager, privacyOfficer, complaints };
const FIELDS = Object.keys(SHARED) as SharedField[];

function refusal(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof AppFailure ? error.error : error;
  }
}

/** Some fields of another profile, over the contacts. */
const wishes = fc.tuple(profiles, fc.subarray(FIELDS)).map(([other, fields]): OwnValues => ({
  ...CONTACTS,
  ...Object.fromEntries(fields.map((field) => [field, other[field]])),
}));

describe('a school of a partnership', () => {
  it('takes over everything that it does not say itself', () => {
    fc.assert(
      fc.property(profiles, (above) => {
        const made = inherit(above, CONTACTS);
        expect(made).toEqual({ ...above, ...CONTACTS, partnership: { name: 'Samen', inherited: FIELDS } });
      }),
    );
  });

  it('is never looser than it, whatever it says; a refusal names a field that it said and that is', () => {
    let loosened = 0;
    fc.assert(
      fc.property(profiles, wishes, (above, own) => {
        const refused = refusal(() => inherit(above, own)) as { code: string; field: string } | undefined;
        if (refused === undefined) {
          const made = inherit(above, own);
          expect(looserFields(made, above)).toEqual([]);
          const said = Object.entries(own).flatMap(([field, value]) => (value === undefined ? [] : [field]));
          for (const field of made.partnership?.inherited ?? []) expect(said).not.toContain(field);
        } else if (refused.code === 'profile-loosened') {
          loosened++;
          expect(own).toHaveProperty(refused.field);
          expect(looserFields({ ...above, ...own } as SchoolProfile, above)).toContain(refused.field);
        } else expect(refused).toEqual({ code: 'profile-invalid', field: 'portals' });
      }),
      { numRuns: 400 },
    );
    expect(loosened).toBeGreaterThan(20);
  });

  it.each<[SharedField, Partial<OwnValues>]>([
    ['purposes', { purposes: [{ purpose: 'teacher-training', ground: 'consent' }] }],
    ['proofOnly', { proofOnly: 'allow' }],
    ['sharing', { sharing: 'assessment-only' }],
    ['regime', { regime: { pupils: 'consent', refresh: 'on-change' } }],
    ['regime', { regime: { pupils: 'objection', refresh: 'yearly' } }],
    ['resolutions', { resolutions: ['out-of-view', 'masked'] }],
    ['terms', { terms: { ...STRICTEST.terms, 'online-lesson': { daysAfterAssessment: 14, daysAfterImport: 61 } } }],
    ['vaults', { vaults: { place: 'local', daysAfterImport: 1 } }],
    ['sound', { sound: 'keep' }],
    ['supervisedLook', { supervisedLook: true }],
    ['coverage', { coverage: 'doubts-and-sample' }],
    ['revisionOn', { revisionOn: '2027-01-01' }],
  ])('may not loosen %s', (field, wish) => {
    expect(refusal(() => inherit(STRICTEST, { ...CONTACTS, ...wish }))).toEqual({ code: 'profile-loosened', field });
  });

  it('uses portals of the partnership only, at the hosts that it names', () => {
    const [hva, uva] = EXAMPLES.trinitas.portals;
    const above = { ...EXAMPLES.trinitas, portals: [hva!] };
    expect(inherit(above, { ...CONTACTS, portals: [] }).portals).toEqual([]);
    const page = { ...hva!, rulesPage: 'https://www.hva.nl/' };
    expect(inherit(above, { ...CONTACTS, portals: [page] }).portals).toEqual([page]);
    const elsewhere = { ...hva!, host: 'dlo.mijnhva.nl.example' };
    for (const portal of [uva!, elsewhere])
      expect(refusal(() => inherit(above, { ...CONTACTS, portals: [portal] }))).toEqual({
        code: 'profile-loosened',
        field: 'portals',
      });
  });

  it('closes an open point by saying it', () => {
    const made = inherit(EXAMPLES['ovo-zaanstad'], { ...CONTACTS, terms: STRICTEST.terms });
    expect(made.notStated).not.toContain('terms');
    expect(made.notStated).toContain('grounds');
    expect(made.partnership?.inherited).not.toContain('terms');
  });
});

describe('strictness', () => {
  it('is an order: nothing is looser than itself, and no looser is handed on', () => {
    fc.assert(
      fc.property(profiles, profiles, profiles, (one, two, three) => {
        expect(looserFields(one, one)).toEqual([]);
        const above = new Set([...looserFields(one, two), ...looserFields(two, three)]);
        for (const field of looserFields(one, three)) expect(above).toContain(field);
      }),
      { numRuns: 300 },
    );
  });
});
