import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dpiaOf } from '../../core/papers/dpia.ts';
import { outcomeOf } from '../../core/papers/findings.ts';
import { honestyOf } from '../../core/papers/honesty.ts';
import { processingOf, type KnownProfile } from '../../core/papers/processing.ts';
import { recordOf } from '../../core/papers/record.ts';
import type { Paper } from '../../core/papers/paper.ts';
import { EXAMPLES } from '../../core/profile/examples.ts';
import { writePaperPdf } from '../../native/papers/paper-pdf.ts';
import { printable } from '../../native/papers/printable.ts';
import { linesOfPdf, textOfPdf } from '../fixtures/pdf-text.ts';
import { workFolder } from '../fixtures/product.ts';
import { INTAKE, sourceOf, stateWith, STORY, WIPE } from '../fixtures/record.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const MADE = '2026-11-26T10:00:00.000Z';
const keys = { hash: 'f'.repeat(64), signedBy: '00000000000000a3', verifyKey: 'AA==', signature: 'AA==' };
const profile: KnownProfile = { state: 'valid', signed: { profile: EXAMPLES.trinitas, signedAt: MADE, ...keys } };
const FIGURES = {
  ...{ seconds: 3600, clipSeconds: 3590, facesByMinute: [99], facesPerMinute: 99.5, manyFaces: true, tracks: 12_345 },
  ...{ fullest: { minute: 60, faces: 999 }, brief: 9999, bridged: { count: 999, seconds: 3000 }, keptShare: 1 / 3 },
  ...{ shortest: Array.from({ length: 5 }, () => ({ at: 3599, seconds: 59.94 })), zones: 99, cutSeconds: 3599 },
  cuts: Array.from({ length: 99 }, (_, index) => ({ from: index, to: index + 0.5 })),
};
const finding = {
  kind: 'readable-under-mask',
  frame: 1,
  seconds: 3599,
  box: { x: 0, y: 0, w: 1, h: 1 },
  value: 1,
} as const;
const REPORT = {
  ...{ sha256: 'c'.repeat(64), framesSearched: 99_999, masksCompared: 1, rounds: 3, passed: false },
  ...{ checks: [], detector: 'ultraface-rfb+faceboxes', findings: Array.from({ length: 99 }, () => finding) },
};
/** All that can be long is long. */
const honesty = (language: 'nl' | 'en') =>
  honestyOf(
    {
      ...{ dossier: '00000000000000d1', figures: FIGURES, report: REPORT, hasClip: true, madeAt: MADE },
      ...{ model: 'ultraface-rfb+faceboxes', releasedBy: 'M'.repeat(80) },
      outcome: outcomeOf(REPORT, REPORT.sha256, false),
    },
    language,
  );
const long = {
  ...INTAKE,
  necessity: 'Omdat '.repeat(100),
  staff: Array.from({ length: 12 }, () => ({ name: 'W'.repeat(80), consentOn: '' })),
};
const objections = Array.from({ length: 40 }, (_, index) => ({ pupil: `Leerling ${index + 1}`, seat: '' }));
const PAPERS: readonly (readonly [string, Paper])[] = (['nl', 'en'] as const).flatMap((language) => [
  [`record ${language}`, recordOf(sourceOf(STORY), language)] as const,
  [
    `record of much ${language}`,
    recordOf(sourceOf(STORY, { state: stateWith({ ...long, objections }) }), language),
  ] as const,
  [`record of a wiped dossier ${language}`, recordOf(sourceOf([...STORY, ...WIPE], 'gone'), language)] as const,
  [`honesty ${language}`, honesty(language)] as const,
  [`art. 30 ${language}`, processingOf(profile, MADE, language)] as const,
  [`dpia ${language}`, dpiaOf(profile, MADE, language)] as const,
]);

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89 };

describe('a paper as PDF', () => {
  it.each(PAPERS)('%s is whole, on numbered pages, and within them', async (name, paper) => {
    const file = join(folder.path, `${name.replaceAll(' ', '-')}.pdf`);
    await writePaperPdf(paper, file);
    const lines = linesOfPdf(file);
    const pages = (readFileSync(file, 'latin1').match(/\/Type \/Page\b/g) ?? []).length;
    expect(new Set(lines.map(({ page }) => page)).size).toBe(pages);
    for (const { x, y } of lines) {
      expect(x).toBeGreaterThanOrEqual(50);
      expect(x).toBeLessThan(PAGE.width - 54);
      // The number of the page stands below the margin, nothing else.
      expect(y).toBeGreaterThan(20);
      expect(y).toBeLessThan(PAGE.height - 50);
    }
    const feet = lines.filter(({ y }) => y < 50).map(({ text }) => text);
    for (let page = 1; page <= pages; page++) expect(feet).toContain(`${page} / ${pages}`);
    // A row that did not fit would go on over pages of its own.
    for (let page = 1; page < pages; page++)
      expect(lines.filter((line) => line.page === page).length).toBeGreaterThan(25);
    const told = textOfPdf(file).replaceAll(' ', '');
    for (const words of wordsOf(paper)) expect(told).toContain(printable(words).replaceAll(/\s+/g, ''));
    expect(statSync(file).mode & 0o077).toBe(0);
    if (name.startsWith('honesty')) expect(pages).toBe(1);
  });

  it('leaves nothing behind where it can not be written', async () => {
    const [, paper] = PAPERS[0]!;
    await expect(writePaperPdf(paper, join(folder.path, 'weg', 'stuk.pdf'))).rejects.toThrow('ENOENT');
    const place = join(folder.path, 'bezet.pdf');
    mkdirSync(place);
    writeFileSync(join(place, 'iets'), '');
    await expect(writePaperPdf(paper, place)).rejects.toThrow();
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(existsSync(join(place, 'iets'))).toBe(true);
  });
});

describe('letters that the font lacks', () => {
  it('become their likeness, and never garble the line', () => {
    expect(printable('Şahin Čapek, Łukasz – “één” €5 → ✓')).toBe('Sahin Capek, Lukasz – “één” €5 ? ?');
    expect(printable('Zoë O\u0308zgu\u0308r')).toBe('Zoë Özgür');
    // A line's end is one to the page as well: letters are signed on two lines.
    const fits = /^[\n\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(printable(text)).toMatch(fits)));
  });
});

/** Every word that a paper is meant to say, cell by cell. */
function wordsOf({ title, about, blocks }: Paper): string[] {
  const inner = blocks.flatMap((block) => {
    if (block.kind === 'facts') return block.rows.flat();
    if (block.kind === 'table') return [...block.head, ...block.rows.flat()];
    if (block.kind === 'marks') return block.lines.flatMap(({ text, evidence }) => [text, evidence]);
    return block.kind === 'points' ? [...block.points] : [block.text];
  });
  return [title, about, ...inner];
}
