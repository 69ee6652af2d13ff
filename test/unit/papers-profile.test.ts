import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../core/papers/csv-out.ts';
import { dpiaOf } from '../../core/papers/dpia.ts';
import { processingOf, processingRows, type KnownProfile } from '../../core/papers/processing.ts';
import { FIELDS } from '../../core/papers/processing-words.ts';
import { EXAMPLES, STRICTEST } from '../../core/profile/examples.ts';
import { gapsOf, type SchoolProfile } from '../../core/profile/profile.ts';
import { GAP_WORDS } from '../../core/profile/gap-words.ts';
import { readCsv } from '../../core/register/csv.ts';
import { profiles } from '../fixtures/profiles.ts';

const MADE = '2026-11-26T10:00:00.000Z';
const LANGUAGES = ['nl', 'en'] as const;
function known(profile: SchoolProfile, state: 'valid' | 'expired' = 'valid'): KnownProfile {
  const keys = { signedBy: '00000000000000a3', verifyKey: 'AA==', signature: 'AA==' };
  const signed = { profile, hash: 'f'.repeat(64), signedAt: MADE, ...keys };
  return state === 'valid' ? { state, signed } : { state, signed, reason: 'revision-past' };
}
const FULL: SchoolProfile = {
  ...EXAMPLES.trinitas,
  board: 'Stichting Trinitas',
  manager: { name: 'Bea', mail: 'bea@school.nl' },
  privacyOfficer: { name: 'Pien', mail: 'pien@school.nl' },
  complaints: 'klachten@school.nl',
  adoptedOn: '2026-08-01',
  revisionOn: '2027-08-01',
  advisers: ['GMR'],
  notStated: [],
};

describe('the entry of art. 30', () => {
  it('has every part that the article asks for, from the profile', () => {
    const rows = processingRows(known(FULL), 'nl');
    expect(rows.map(({ field }) => field)).toEqual(FIELDS);
    expect(rows.filter(({ missing }) => missing)).toEqual([]);
    const words = JSON.stringify(rows);
    const parts = ['Stichting Trinitas', 'pien@school.nl', 'gerechtvaardigd belang', 'klachten@school.nl', 'GMR'];
    for (const part of [...parts, ...FULL.portals.map(({ host }) => host), '14 dagen', '60 dagen', 'f'.repeat(64)])
      expect(words).toContain(part);
  });

  it('says of everything that the school left open that it did (R9)', () => {
    fc.assert(
      fc.property(profiles, fc.constantFrom(...LANGUAGES), (profile, language) => {
        const rows = processingRows(known(profile), language);
        const list = rows.find(({ field }) => field === 'missing')?.value;
        for (const gap of gapsOf(profile)) expect(list).toContain(GAP_WORDS[language][gap]);
        for (const { value, missing } of rows) if (missing) expect(value).toMatch(/NIET VERMELD|NOT STATED/);
      }),
    );
    const rows = processingRows(known(STRICTEST), 'nl');
    for (const field of ['controller', 'officer', 'complaints', 'purposes', 'terms'])
      expect(rows.find((row) => row.field === field)).toMatchObject({ missing: true });
  });

  it('says when the profile is past its revision date (V3)', () => {
    expect(JSON.stringify(processingOf(known(FULL, 'expired'), MADE, 'nl'))).toContain('over zijn revisiedatum');
    expect(JSON.stringify(processingOf(known(FULL), MADE, 'nl'))).not.toContain('over zijn revisiedatum');
  });

  it('as CSV is read back as it was, and starts no formula', () => {
    const cells = fc.array(
      fc.string().map((each) => each.replaceAll(/[\0\r]/g, '')),
      { minLength: 2, maxLength: 3 },
    );
    fc.assert(
      fc.property(cells, (row) => {
        const text = csvOf([['a', 'b', 'c'].slice(0, row.length), row]);
        const result = readCsv(text.slice(1));
        const read = result.ok ? result.rows[1]?.cells : undefined;
        if (row.every((each) => each.trim() === '')) return;
        expect(read?.map((each) => each.trim())).toEqual(
          row.map((each) => (/^[=+\-@\t]/.test(each) ? `'${each}` : each).trim()),
        );
      }),
    );
    expect(csvOf([['=1+1', '@x', '-1']])).toBe("\uFEFF'=1+1;'@x;'-1\r\n");
  });
});

describe('the building block for a DPIA', () => {
  it.each(LANGUAGES)(
    'has data flow, measures, what is left, open points, and no figure without a source (%s)',
    (language) => {
      const paper = dpiaOf(known(STRICTEST), MADE, language);
      expect(paper.blocks.filter(({ kind }) => kind === 'table')).toHaveLength(2);
      const words = JSON.stringify(paper);
      expect(words).toContain('docs/accuracy.md');
      expect(words).not.toMatch(/\d+([.,]\d+)? ?%/);
      expect(words).not.toMatch(/anoniem|geanonim|anonym/i);
      for (const gap of gapsOf(STRICTEST)) expect(words).toContain(GAP_WORDS[language][gap]);
    },
  );

  it('names where clips go, or that nothing leaves, and what sound adds to the risk', () => {
    const words = (profile: SchoolProfile) => JSON.stringify(dpiaOf(known(profile), MADE, 'nl'));
    expect(words(FULL)).toContain(FULL.portals[0]!.name);
    expect(words(STRICTEST)).toContain('niets verlaat de school');
    expect(words({ ...FULL, sound: 'keep' })).toContain('laat toe dat geluid in de clip blijft');
    expect(words(FULL)).not.toContain('laat toe dat geluid in de clip blijft');
  });
});
