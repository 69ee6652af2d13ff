import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES, profileOfNewVault, STRICTEST } from '../../core/profile/examples.ts';
import { gapsOf, SchoolProfile, termsIn } from '../../core/profile/profile.ts';
import { looserFields } from '../../core/profile/strictness.ts';
import { keepsNoLonger } from '../../core/retention/policy.ts';
import { profiles } from '../fixtures/profiles.ts';

const accepts = (value: unknown) => SchoolProfile.safeParse(value).success;
const portal = EXAMPLES.trinitas.portals[0]!;
const shared = { ...EXAMPLES.trinitas };

describe('a school profile', () => {
  it('takes everything that a school may decide', () => {
    fc.assert(
      fc.property(profiles, (each) => {
        expect(SchoolProfile.parse(each)).toEqual(each);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['a field that does not exist, such as a switch for masking', { ...STRICTEST, masking: 'off' }],
    ['another version', { ...STRICTEST, version: 2 }],
    ['no purpose', { ...STRICTEST, purposes: [] }],
    [
      'a purpose that the engine does not know',
      { ...STRICTEST, purposes: [{ purpose: 'open-day', ground: 'consent' }] },
    ],
    [
      'a purpose with two grounds',
      { ...shared, purposes: [shared.purposes[0], { ...shared.purposes[0], ground: 'consent' }] },
    ],
    ['a lesson kept for more than sixty days', withTerms('lesson', { daysAfterAssessment: 14, daysAfterImport: 61 })],
    [
      'a lesson kept for three weeks after it was assessed',
      withTerms('lesson', { daysAfterAssessment: 21, daysAfterImport: 60 }),
    ],
    ['an online lesson kept for a year', withTerms('online-lesson', { daysAfterAssessment: 14, daysAfterImport: 365 })],
    ['a livestream kept for three weeks', withTerms('livestream', { daysAfterAssessment: 14, daysAfterImport: 21 })],
    ['half a day', withTerms('lesson', { daysAfterAssessment: 0.5, daysAfterImport: 60 })],
    ['a local vault for longer than any vault', { ...STRICTEST, vaults: { place: 'local', daysAfterImport: 61 } }],
    ['a portal that anybody can look into', { ...shared, portals: [{ ...portal, loginProtected: false }] }],
    ['a host with a scheme', { ...shared, portals: [{ ...portal, host: 'https://dlo.mijnhva.nl' }] }],
    ['a host with a path', { ...shared, portals: [{ ...portal, host: 'dlo.mijnhva.nl/d2l' }] }],
    ['a host in capitals', { ...shared, portals: [{ ...portal, host: 'DLO.mijnhva.nl' }] }],
    ['a host that is an address', { ...shared, portals: [{ ...portal, host: '10.0.0.1' }] }],
    ['a rules page without encryption', { ...shared, portals: [{ ...portal, rulesPage: 'http://www.hva.nl/' }] }],
    ['two portals by one name', { ...shared, portals: [portal, portal] }],
    ['a portal where nothing is shared', { ...shared, sharing: 'never' }],
    ['no way to meet an objection', { ...STRICTEST, resolutions: [] }],
    ['a day that does not exist', { ...STRICTEST, revisionOn: '2026-02-30' }],
    ['a contact without a mail address', { ...STRICTEST, privacyOfficer: { name: 'Po', mail: 'po' } }],
  ])('refuses %s', (_, value) => expect(accepts(value)).toBe(false));

  it('is cut in a local vault to the short term, never made longer by it', () => {
    fc.assert(
      fc.property(profiles, (each) => {
        const terms = termsIn(each);
        expect(keepsNoLonger(terms, each.terms)).toBe(true);
        if (each.vaults.place === 'network') expect(terms).toEqual(each.terms);
        else expect(terms['online-lesson'].daysAfterImport).toBeLessThanOrEqual(each.vaults.daysAfterImport);
      }),
    );
  });
});

function withTerms(kind: string, terms: object): unknown {
  return { ...STRICTEST, terms: { ...STRICTEST.terms, [kind]: terms } };
}

describe('the strictest profile', () => {
  it('is no looser than any other example', () => {
    for (const each of Object.values(EXAMPLES))
      expect(looserFields({ ...STRICTEST, revisionOn: undefined }, each), each.school).toEqual([]);
  });

  it('stands for a year in a new vault, and says what is still open', () => {
    const made = profileOfNewVault('R. Beheer', '2028-02-29', false);
    expect(SchoolProfile.parse(made)).toEqual(made);
    expect(made).toMatchObject({ adoptedOn: '2028-02-29', revisionOn: '2029-02-28', vaults: { place: 'network' } });
    expect(gapsOf(made)).toEqual(expect.arrayContaining(['school', 'privacyOfficer', 'complaints', 'terms']));
    expect(gapsOf(made)).not.toContain('manager');
    expect(profileOfNewVault('R. Beheer', '2028-02-29', true).vaults).toEqual({ place: 'local', daysAfterImport: 60 });
  });
});

/** Domain §1.8, column by column. */
describe('the five examples are what the schools wrote', () => {
  const grounds = ({ purposes }: SchoolProfile) => [...new Set(purposes.map(({ ground }) => ground))];

  it.each(Object.entries(EXAMPLES))('%s is a profile', (_, each) => expect(SchoolProfile.parse(each)).toEqual(each));

  it.each([
    ['plein-joure', 'statutory-task', 'to-institute', 'allow', 'objection', 'cut'],
    ['jenaplein', 'consent', 'never', 'deny', 'consent', 'out-of-view'],
    ['trinitas', 'legitimate-interest', 'to-institute', 'deny', 'objection', 'cut'],
    ['wonderwijs', 'consent', 'never', 'deny', 'consent', 'out-of-view'],
    ['ovo-zaanstad', 'legitimate-interest', 'assessment-only', 'allow', 'objection', 'out-of-view'],
  ] as const)('%s: ground %s, sharing %s, proof alone %s, pupils %s, %s', (name, ...wanted) => {
    const each: SchoolProfile = EXAMPLES[name];
    const [ground, sharing, proofOnly, pupils, resolution] = wanted;
    expect(grounds(each)).toEqual([ground]);
    expect(each).toMatchObject({ sharing, proofOnly, regime: { pupils } });
    expect(each.resolutions).toContain(resolution);
  });

  it('keep to their own terms, places and dates', () => {
    const { trinitas, wonderwijs, jenaplein, 'ovo-zaanstad': ovo, 'plein-joure': plein } = EXAMPLES;
    expect(ovo.terms.lesson).toEqual(STRICTEST.terms.lesson);
    expect(ovo.notStated).toContain('terms');
    expect(ovo.terms).toMatchObject({ 'online-lesson': { daysAfterImport: 306 }, livestream: { daysAfterImport: 14 } });
    expect(ovo).toMatchObject({ adoptedOn: '2021-02-09', revisionOn: '2023-03-01', supervisedLook: true });
    expect(plein.notStated).toEqual(expect.arrayContaining(['terms', 'vaults']));
    expect(jenaplein.notStated).not.toContain('terms');
    expect(trinitas.notStated).not.toContain('vaults');
    expect(trinitas.portals.map(({ host }) => host)).toEqual(['dlo.mijnhva.nl', 'canvas.uva.nl', 'canvas.vu.nl']);
    expect([wonderwijs.regime.refresh, jenaplein.regime.refresh]).toEqual(['yearly', 'on-change']);
    for (const each of Object.values(EXAMPLES)) expect(each.coverage).toBe('every-second');
  });
});
