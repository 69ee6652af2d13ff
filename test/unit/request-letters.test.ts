import { describe, expect, it } from 'vitest';
import { STRICTEST } from '../../core/profile/examples.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { letterGap, requestLetter } from '../../core/requests/letters.ts';
import { RequestKind, rulesFor, type RequestStep } from '../../core/requests/request.ts';
import { STRICTEST_TERMS } from '../../core/retention/policy.ts';
import type { KeepingFacts } from '../../core/retention/terms.ts';
import { ANSWERED, caseOf, EXTENDED, HANDLED } from '../fixtures/requests.ts';

const PROFILE: SchoolProfile = {
  ...STRICTEST,
  school: 'Voorbeeldcollege',
  privacyOfficer: { name: 'M. de Boer', mail: 'privacy@voorbeeld.example' },
  complaints: 'U kunt een klacht indienen bij de directie.',
};
const A = 'aaaaaaaaaaaaaaaa';
const facts = (part: Partial<KeepingFacts> = {}): ReadonlyMap<string, KeepingFacts> =>
  new Map([
    [
      A,
      {
        ...{ dossier: A, source: 'lesson', recordedOn: '2026-10-01', importedOn: '2026-10-02', assessedOn: undefined },
        ...{ holdReviewBy: undefined, wipe: 'none', terms: STRICTEST_TERMS.lesson },
        ...part,
      } as KeepingFacts,
    ],
  ]);
const found = { ...HANDLED, concerned: [A] } as RequestStep;
const words = (...given: Parameters<typeof requestLetter>) => JSON.stringify(requestLetter(...given));

describe('the letter to who asked', () => {
  it('is there once there is something to tell', () => {
    expect(requestLetter(caseOf(), PROFILE, facts())).toBeUndefined();
    expect(requestLetter(caseOf({}, HANDLED), PROFILE, facts())).toBeUndefined();
  });

  it('tells of the extension: why, until when, and where to complain', () => {
    const letter = words(caseOf({}, HANDLED, EXTENDED), PROFILE, facts());
    for (const part of ['veel opnames in die week', '5 februari 2027', 'klacht', '7 november 2026'])
      expect(letter).toContain(part);
  });

  it.each(RequestKind.options)('answers %s in the formal form, with the complaint route apart (B8)', (kind) => {
    for (const outcome of ['granted', 'partly', 'refused'] as const) {
      const [rule] = rulesFor(kind);
      const answer = { ...ANSWERED, outcome, reason: 'zo is het', ...(outcome === 'granted' ? {} : { rule }) };
      const letter = requestLetter(caseOf({ kind }, found, answer as RequestStep), PROFILE, facts());
      const text = JSON.stringify(letter);
      expect(text).not.toMatch(/\b(je|jij|jouw|jullie)\b/i);
      expect(text).not.toMatch(/anoniem|geanonimiseerd|Leerling 3/i);
      const apart = letter?.paragraphs.filter((paragraph) => paragraph.apart) ?? [];
      expect(apart).toHaveLength(1);
      for (const part of [PROFILE.complaints, PROFILE.privacyOfficer.mail, 'Autoriteit Persoonsgegevens', 'rechter'])
        expect(JSON.stringify(apart)).toContain(part);
      if (outcome !== 'granted') expect(text).toMatch(/artikel \d+/);
    }
  });

  it('says of a recording what the log knows, and no more', () => {
    const about = (part: Partial<KeepingFacts>) => words(caseOf({}, found, ANSWERED), PROFILE, facts(part));
    expect(about({ wipe: 'complete' })).toContain('1 oktober 2026: gewist');
    expect(about({ wipe: 'partial' })).toContain('nog niet voltooid');
    expect(about({})).toContain('bewaard tot uiterlijk 1 december 2026');
    expect(about({ holdReviewBy: '2026-12-03' })).toContain('vastgezet door de privacy officer');
    expect(words(caseOf({}, HANDLED, ANSWERED), PROFILE, facts())).toContain('geen opnames gevonden');
  });

  it('to who asked for access tells purposes, ground and recipients (art. 15(1))', () => {
    const letter = words(caseOf({ kind: 'access' }, found, ANSWERED), PROFILE, facts());
    expect(letter).toContain('kwaliteit van lessen');
    expect(letter).toContain('verlaten de school niet');
  });

  it.each([
    { kind: 'access', title: 'Antwoord op uw verzoek om inzage', words: 'inzage in opnames' },
    { kind: 'erasure', title: 'Antwoord op uw verzoek om verwijdering', words: 'verwijdering van opnames' },
    { kind: 'restriction', title: 'Antwoord op uw verzoek om beperking', words: 'het gebruik van opnames' },
    { kind: 'objection', title: 'Antwoord op uw bezwaar', words: 'bezwaar tegen opnames' },
  ] as const)('says what was asked: $kind', ({ kind, title, words: wanted }) => {
    const letter = requestLetter(caseOf({ kind }, HANDLED, ANSWERED), PROFILE, facts());
    expect(letter?.title).toBe(title);
    expect(JSON.stringify(letter)).toContain(wanted);
  });

  it('needs a school, a privacy officer and a complaint route', () => {
    expect(letterGap(PROFILE)).toBeUndefined();
    expect(letterGap({ ...PROFILE, school: '' })).toBe('school');
    expect(letterGap({ ...PROFILE, privacyOfficer: { name: 'M. de Boer', mail: '' } })).toBe('privacyOfficer');
    expect(letterGap({ ...PROFILE, complaints: '' })).toBe('complaints');
  });
});
