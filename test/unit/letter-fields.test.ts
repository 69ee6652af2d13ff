import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../core/profile/examples.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { letterFields } from '../../core/register/letter-fields.ts';
import { letterOf } from '../../core/register/letters.ts';

const WISH = { place: 'Amsterdam', deadline: '2026-12-04', pupil: 'leerling', on: '2026-11-22' } as const;
const SCHOOL: SchoolProfile = {
  ...EXAMPLES.trinitas,
  privacyOfficer: { name: 'Pia', mail: 'pia@school.nl' },
  complaints: 'Klachten gaan naar de klachtenfunctionaris.',
};
const words = (profile: SchoolProfile) => {
  const fields = letterFields(profile, WISH);
  return typeof fields === 'string' ? fields : JSON.stringify(letterOf('parents', fields));
};

describe('a letter out of the signed profile', () => {
  it('says the same terms as the timer, and names who gets a clip (R3, I2)', () => {
    const letter = words({
      ...SCHOOL,
      terms: { ...SCHOOL.terms, lesson: { daysAfterAssessment: 3, daysAfterImport: 21 } },
    });
    expect(letter).toContain('3 dagen na de beoordeling');
    expect(letter).toContain('21 dagen');
    expect(letter).toContain('Hogeschool van Amsterdam');
    expect(letter).toContain('pia@school.nl');
    expect(words({ ...SCHOOL, sharing: 'never', portals: [] })).toContain('verlaten de school niet');
  });

  it('asks for consent, and speaks of no objection, where the school asks first (P13, art. 7)', () => {
    const consent = { pupils: 'consent', refresh: 'yearly' } as const;
    const purposes: SchoolProfile['purposes'] = [{ purpose: 'lesson-quality', ground: 'consent' }];
    const asked: Partial<SchoolProfile>[] = [{ regime: consent }, { purposes }, { regime: consent, purposes }];
    for (const part of asked) {
      const letter = words({ ...SCHOOL, ...part });
      expect(letter).toContain('Uw toestemming');
      expect(letter).toContain('Horen wij niets, dan komt uw zoon of dochter niet in beeld');
      expect(letter).toContain('altijd weer intrekken');
      expect(letter).toContain('uiterlijk');
      expect(letter).not.toMatch(/bezwaar/i);
      for (const kind of ['class', 'door'] as const) {
        const fields = letterFields({ ...SCHOOL, ...part }, WISH);
        expect(typeof fields === 'string' ? fields : JSON.stringify(letterOf(kind, fields))).not.toMatch(/bezwaar/i);
      }
    }
    expect(words(SCHOOL)).toContain('Bezwaar maken');
    expect(words(SCHOOL)).not.toMatch(/toestemming/i);
  });

  it.each([
    ['complaint', { complaints: '' }],
    ['contact.mail', { privacyOfficer: { name: 'Pia', mail: '' } }],
    ['school', { school: '' }],
    [
      'purposes',
      {
        purposes: [
          { purpose: 'lesson-quality', ground: 'statutory-task' },
          { purpose: 'teacher-training', ground: 'consent' },
        ],
      },
    ],
  ] satisfies (readonly [string, Partial<SchoolProfile>])[])('lacks %s and says so', (field, change) => {
    expect(words({ ...SCHOOL, ...change })).toBe(field);
  });
});
