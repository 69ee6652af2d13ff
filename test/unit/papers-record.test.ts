import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../core/audit/entry.ts';
import { CHECKS, checklistOf, type CheckId } from '../../core/papers/checklist.ts';
import { recordOf } from '../../core/papers/record.ts';
import type { RecordSource } from '../../core/papers/record-source.ts';
import { DIO, DOSSIER, INTAKE, PROFILE, SARA, sourceOf, stateWith, STORY, WIPE } from '../fixtures/record.ts';

const marksOf = (source: RecordSource) =>
  Object.fromEntries(checklistOf(source).map(({ id, mark }) => [id, mark])) as Record<CheckId, string>;
const without = (event: AuditEvent['event'], story = STORY) => story.filter(([, what]) => what.event !== event);
const shown = (ids: readonly CheckId[]) => Object.fromEntries(ids.map((id) => [id, 'shown']));
const wordsOf = (source: RecordSource, language: 'nl' | 'en' = 'nl') => JSON.stringify(recordOf(source, language));
const UNKNOWABLE: readonly CheckId[] = ['c-from-behind', 'd-institute', 'f-public'];
const KNOWABLE = CHECKS.filter((id) => !UNKNOWABLE.includes(id));

describe('the measures a to f', () => {
  it('are ticked with their evidence, and what nobody can show never is', () => {
    const marks = marksOf(sourceOf([...STORY, ...WIPE], 'gone'));
    expect(marks).toMatchObject(shown(KNOWABLE));
    for (const id of UNKNOWABLE) expect(marks[id]).toBe('open');
    expect(marksOf(sourceOf(STORY))).toMatchObject({ ...shown(KNOWABLE), 'e-wiped': 'open' });
  });

  it.each<[CheckId, AuditEvent['event']]>([
    ['a-necessary', 'dossier-opened'],
    ['a-not-proof-only', 'dossier-opened'],
    ['a-evaluated', 'assessed'],
    ['b-informed', 'dossier-opened'],
    ['c-hidden', 'rendered'],
    ['c-approved', 'approved'],
    ['c-objections', 'resolved'],
    ['d-vault', 'imported'],
    ['d-source', 'source-wiped'],
    ['e-wiped', 'wiped'],
    ['e-copies', 'task-done'],
    ['e-taken-back', 'taken-back'],
    ['f-exports', 'approved'],
  ])('%s is not ticked when the log has no "%s"', (id, event) => {
    expect(marksOf(sourceOf(without(event)))[id]).not.toBe('shown');
    expect(marksOf(sourceOf(without(event, [...STORY, ...WIPE]), 'gone'))[id]).not.toBe('shown');
  });

  it.each<[CheckId, string, Partial<typeof INTAKE>]>([
    ['a-necessary', 'open', { necessity: 'zomaar' }],
    ['a-not-proof-only', 'against', { forEvaluation: false }],
    ['a-not-proof-only', 'open', { forEvaluation: undefined }],
    ['b-informed', 'open', { informed: { ...INTAKE.informed, who: false } }],
    ['b-informed', 'against', { informed: { ...INTAKE.informed, on: '2026-11-21' } }],
    ['b-informed', 'against', { recordedOn: '2026-12-31', informed: { ...INTAKE.informed, on: '2026-11-21' } }],
    ['a-necessary', 'against', { purpose: 'lesson-quality' }],
    ['c-objections', 'open', { objectionsChecked: false }],
    ['c-objections', 'open', { objections: [...INTAKE.objections, { pupil: 'Leerling 4', seat: '' }] }],
    ['c-objections', 'open', { objections: [{ pupil: 'constructor', seat: '' }] }],
  ])('%s is "%s" by answers %j', (id, mark, part) => {
    expect(marksOf(sourceOf(STORY, { state: stateWith({ ...INTAKE, ...part }) }))[id]).toBe(mark);
  });

  it('believe no clip, approval or resolution that came before a change', () => {
    const then = (...more: AuditEvent[]) => [...STORY, ...more.map((what) => [DIO, what] as const)];
    const decided = { event: 'decided', dossier: DOSSIER, decisions: '0'.repeat(64) } as const;
    const reopened = { event: 'reopened', dossier: DOSSIER, rule: 'B2' } as const;
    const changed = { state: stateWith(INTAKE, { clip: undefined }), approval: undefined };
    for (const sealed of [changed, 'no-key'] as const)
      expect(marksOf(sourceOf(then(decided), sealed))).toMatchObject({ 'c-hidden': 'open', 'c-approved': 'open' });
    for (const sealed of [{}, 'no-key'] as const) {
      const marks = marksOf(sourceOf(then(reopened), sealed));
      expect(marks).toMatchObject({ 'c-objections': 'open', 'c-approved': 'open' });
    }
    expect(marksOf(sourceOf(STORY, { approval: undefined }))['c-approved']).toBe('open');
    expect(marksOf(sourceOf(STORY, { resolutions: '0'.repeat(64) }))['c-objections']).toBe('open');
  });

  it('are open while one of several tasks or deliveries is', () => {
    const task = { event: 'task-opened', dossier: DOSSIER, task: '0'.repeat(16), kind: 'phone', owner: DIO } as const;
    const given = { event: 'exported', dossier: DOSSIER, sha256: 'c'.repeat(64), approval: 'a'.repeat(64) } as const;
    const story = [
      ...STORY,
      [DIO, { ...task, due: '2026-12-01' }] as const,
      [DIO, { ...given, target: 'hva', delivery: '0'.repeat(16) }] as const,
    ];
    for (const sealed of [{}, 'gone'] as const)
      expect(marksOf(sourceOf(story, sealed))).toMatchObject({ 'e-copies': 'open', 'e-taken-back': 'open' });
  });

  it('take no approval from whoever had a hand in the clip (M3)', () => {
    const own = STORY.map(([by, what]) => [what.event === 'rendered' ? SARA : by, what] as const);
    expect(marksOf(sourceOf(own))['c-approved']).toBe('open');
  });

  it('say of a clip that was released in spite of findings that it is not shown', () => {
    const story = STORY.map(
      ([by, what]) => [by, what.event === 'rendered' ? { ...what, passed: false } : what] as const,
    );
    expect(marksOf(sourceOf(story))['c-hidden']).toBe('open');
  });

  it('count an export under another approval, or under one that was void by then, against it', () => {
    const other = STORY.map(
      ([by, what]) => [by, what.event === 'exported' ? { ...what, approval: '0'.repeat(64) } : what] as const,
    );
    expect(marksOf(sourceOf(other))['f-exports']).toBe('against');
    const at = STORY.findIndex(([, what]) => what.event === 'exported');
    const between = [DIO, { event: 'reopened', dossier: DOSSIER, rule: 'B2' }] as const;
    expect(marksOf(sourceOf([...STORY.slice(0, at), between, ...STORY.slice(at)]))['f-exports']).toBe('against');
    expect(marksOf(sourceOf(without('exported')))).toMatchObject({ 'f-exports': 'none', 'e-taken-back': 'none' });
  });

  it('have a line of the log behind each tick, whatever the log holds', () => {
    const subsets = fc.subarray([...STORY, ...WIPE]);
    const sealed = fc.constantFrom<Parameters<typeof sourceOf>[1]>({}, 'gone', 'no-key');
    fc.assert(
      fc.property(subsets, sealed, (story, part) => {
        for (const { mark, line } of checklistOf(sourceOf(story, part)))
          if (mark === 'shown') expect(story.map(([, what]) => what)).toContain(line?.what);
      }),
    );
  });
});

describe('the record of a dossier', () => {
  it('tells who and when, the hashes, and where in the log it was made', () => {
    const words = wordsOf(sourceOf(STORY));
    const named = [
      'Dio (docent in opleiding), 22 november 2026, 09:03 UTC (logboek, regel 4)',
      'Sara (schoolopleider)',
    ];
    const told = [INTAKE.necessity, 'Leerling 3', 'op 24 november 2026 getoond aan een groep van 11', 'elke seconde'];
    const place = [PROFILE, 'c'.repeat(64), 'ingeleverd bij \\"hva\\"', '16', '16'.padStart(64, '0')];
    for (const part of [...named, ...told, ...place]) expect(words).toContain(part);
    expect(wordsOf(sourceOf(STORY), 'en')).toContain('shown on 24 November 2026 to a group of 11');
  });

  it('of a wiped recording comes from the log alone, and says what went with the key', () => {
    const words = wordsOf(sourceOf([...STORY, ...WIPE], 'gone'));
    for (const part of ['Deze opname is gewist', 'Volledig gewist', '9'.repeat(64), '"R4"'])
      expect(words).toContain(part);
    expect(words).not.toContain(INTAKE.necessity);
    expect(wordsOf(sourceOf(STORY, 'no-key'))).toContain('zonder de sleutel');
  });

  it('repeats nothing that somebody typed but what is asked for, and a pseudonym only when it is one', () => {
    const mark = fc
      .string({ minLength: 6, maxLength: 20, unit: fc.constantFrom('Q', 'X', 'Z') })
      .map((each) => `§${each}`);
    fc.assert(
      fc.property(mark, (secret) => {
        const intake = {
          ...INTAKE,
          ...{ label: secret, group: secret, objections: [{ pupil: secret, seat: secret }] },
        };
        const comments = [{ at: 1, text: secret }];
        const verdict = { kind: 'sent-back', sha256: 'c'.repeat(64), by: SARA, reason: secret, comments } as const;
        const state = stateWith(intake, { verdict, resolutions: { [secret]: 'cut' } });
        for (const language of ['nl', 'en'] as const)
          expect(wordsOf(sourceOf(STORY, { state }), language)).not.toContain(secret);
      }),
    );
  });

  it('takes the edge off what it does repeat: one line, nothing that reorders, no more than may be typed', () => {
    const necessity = `regel een\n\u202Eomgekeerd\u0007 ${'x'.repeat(700)}`;
    const words = wordsOf(sourceOf(STORY, { state: stateWith({ ...INTAKE, necessity }) }));
    expect(words).toContain('regel een omgekeerd xxx');
    expect(words).not.toMatch(/\u202E|\\u0007|x{600}/);
  });

  it('never calls anything anonymous', () => {
    for (const language of ['nl', 'en'] as const)
      expect(wordsOf(sourceOf(STORY), language)).not.toMatch(/anoniem|geanonimiseerd|anonym/i);
  });
});
