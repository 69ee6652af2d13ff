import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LetterFields, LetterKind, letterOf } from '../../core/register/letters.ts';
import { letterVersion, writeLetterPdf } from '../../native/register/letter-pdf.ts';

const FIELDS: LetterFields = LetterFields.parse(
  JSON.parse(/```json\n(\{[^`]*\})\n```/.exec(readFileSync('docs/register.md', 'utf8'))?.[1] ?? ''),
);
const wordsOf = (kind: LetterKind, fields = FIELDS) => JSON.stringify(letterOf(kind, fields));

describe('a letter', () => {
  it('to parents tells all that I2, R3, B2 and B8 ask for', () => {
    const words = wordsOf('parents');
    const { school, termDays, access, contact, complaint, recipients } = FIELDS;
    for (const part of [school, `${termDays} dagen`, ...access, contact.mail, complaint, ...recipients])
      expect(words).toContain(part);
    expect(words).toContain('5 november 2026');
    expect(words).toContain('Autoriteit Persoonsgegevens');
  });

  it.each(LetterKind.options)('%s shows the right to object once, apart from the rest (AVG art. 21(4))', (kind) => {
    const apart = letterOf(kind, FIELDS).paragraphs.filter((paragraph) => paragraph.apart);
    expect(apart).toHaveLength(1);
    expect(JSON.stringify(apart)).toMatch(/bezwaar|niet in beeld/);
    expect(JSON.stringify(apart)).toContain(FIELDS.contact.mail);
  });

  it.each(LetterKind.options)('%s says it apart also where consent is asked first, in the same voice', (kind) => {
    const asked: LetterFields = { ...FIELDS, regime: 'consent' };
    expect(letterOf(kind, asked).paragraphs.filter(({ apart }) => apart)).toHaveLength(1);
    expect(wordsOf(kind, asked)).not.toMatch(kind === 'class' ? /\b(u|uw)\b/i : /\b(je|jij|jouw|jullie)\b/i);
  });

  it('says "u" to parents and "je" to pupils', () => {
    expect(wordsOf('parents')).not.toMatch(/\b(je|jij|jouw|jullie)\b/i);
    expect(wordsOf('class')).not.toMatch(/\b(u|uw)\b/i);
  });

  it('to the class tells why, who and how long (I1)', () => {
    expect(letterOf('class', FIELDS).paragraphs.map(({ heading }) => heading)).toEqual(
      expect.arrayContaining(['Waarom', 'Wie kijkt', 'Hoe lang']),
    );
  });

  it('never calls a clip anonymous, and says when nothing leaves the school', () => {
    for (const kind of LetterKind.options) expect(wordsOf(kind)).not.toMatch(/anoniem|geanonimiseerd/i);
    expect(wordsOf('parents', { ...FIELDS, recipients: [] })).toContain('verlaten de school niet');
  });

  it('has a version that is the same for the same words, and another for any other', () => {
    const version = letterVersion(letterOf('parents', FIELDS));
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    expect(letterVersion(letterOf('parents', structuredClone(FIELDS)))).toBe(version);
    expect(letterVersion(letterOf('parents', { ...FIELDS, termDays: 13 }))).not.toBe(version);
    expect(letterVersion(letterOf('class', FIELDS))).not.toBe(version);
  });

  it('fields that are missing or too many are refused', () => {
    for (const field of Object.keys(FIELDS)) {
      const { [field as keyof LetterFields]: _left, ...rest } = FIELDS;
      expect(LetterFields.safeParse(rest).success).toBe(false);
    }
    expect(LetterFields.safeParse({ ...FIELDS, pupils: ['Jan'] }).success).toBe(false);
  });

  it.each(LetterKind.options)('%s becomes a PDF of one page', async (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-test-'));
    try {
      await writeLetterPdf(letterOf(kind, FIELDS), join(folder, 'brief.pdf'));
      const bytes = readFileSync(join(folder, 'brief.pdf'), 'latin1');
      expect(bytes.startsWith('%PDF-')).toBe(true);
      expect(bytes.match(/\/Type \/Page\b/g)).toHaveLength(1);
      expect(readdirSync(folder)).toEqual(['brief.pdf']);
      await expect(writeLetterPdf(letterOf(kind, FIELDS), join(folder, 'weg', 'brief.pdf'))).rejects.toThrow('ENOENT');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
