import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_INTAKE, Intake, intakeRefusals, type IntakeRule } from '../../core/dossier/intake.ts';
import { Ground, Purpose } from '../../core/dossier/kinds.ts';
import { missingObjections, withObjections, type SchoolRules } from '../../core/dossier/school-rules.ts';
import { COMPLETE, intakes } from '../fixtures/intake.ts';

const { informed } = COMPLETE;
const rulesOf = (intake: Intake) => intakeRefusals(intake).map(({ rule }) => rule);

/** One answer that is missing, and the rule that asks for it. */
const MISSING: readonly (readonly [IntakeRule, Partial<Intake>])[] = [
  ['label', { label: ' ' }],
  ['group', { group: '' }],
  ['recorded-on', { recordedOn: '' }],
  ['P9-unanswered', { source: undefined }],
  ['I12-unanswered', { filmedBy: undefined }],
  ['P1', { purpose: undefined }],
  ['P10', { ground: undefined }],
  ['P4', { necessity: 'te kort          ............'.slice(0, 19) }],
  ['P4', { necessity: `kort${' '.repeat(40)}` }],
  ['P7', { material: undefined }],
  ['P5-unanswered', { forEvaluation: undefined }],
  ['I3', { staff: [] }],
  ['I3', { staff: [...COMPLETE.staff, { name: 'Collega', consentOn: '' }] }],
  ['I1', { informed: { ...informed, on: '' } }],
  ['I1', { informed: { ...informed, why: false } }],
  ['I1', { informed: { ...informed, who: false } }],
  ['I1', { informed: { ...informed, howLong: false } }],
  ['I1-late', { informed: { ...informed, on: '2026-11-21' } }],
  ['B1', { objectionsChecked: false }],
];
/** One answer that closes the way. */
const STOPS: readonly (readonly [IntakeRule, Partial<Intake>])[] = [
  ['P9', { source: 'surveillance' }],
  ['I12', { filmedBy: 'pupil-or-parent' }],
  ['I8', { filmedBy: 'external' }],
  ['P5', { forEvaluation: false }],
];

describe('the answers of gate G0', () => {
  it('are enough when all of them are given, objections or not', () => {
    expect(Intake.parse(COMPLETE)).toEqual(COMPLETE);
    expect(intakeRefusals(COMPLETE)).toEqual([]);
    expect(intakeRefusals({ ...COMPLETE, objections: [{ pupil: 'leerling 3', seat: 'raam' }] })).toEqual([]);
  });

  it.each(MISSING)('lack exactly %s with %o, which can be made good', (rule, change) => {
    const found = intakeRefusals(Intake.parse({ ...COMPLETE, ...change }));
    expect(found).toMatchObject([{ rule, stop: false }]);
    expect(Object.keys(change)).toEqual([found[0]?.field]);
  });

  it.each(STOPS)('are stopped by exactly %s with %o', (rule, change) => {
    const found = intakeRefusals(Intake.parse({ ...COMPLETE, ...change }));
    expect(found).toEqual([{ rule, field: Object.keys(change)[0], stop: true }]);
  });

  it('take every other source, maker, purpose and ground', () => {
    const others: Partial<Intake>[] = [
      { source: 'online-lesson', announced: true },
      { source: 'livestream', announced: true },
      { filmedBy: 'colleague' },
      { purpose: 'lesson-quality' },
      { ground: 'statutory-task' },
      { ground: 'consent' },
      // Told on the day itself is told beforehand.
      { informed: { ...informed, on: COMPLETE.recordedOn } },
    ];
    for (const change of others) expect(intakeRefusals({ ...COMPLETE, ...change })).toEqual([]);
  });

  it('are all asked for in an empty draft, none of them as a stop', () => {
    expect(rulesOf(EMPTY_INTAKE)).toEqual([
      ...['label', 'group', 'recorded-on', 'P9-unanswered', 'I12-unanswered', 'P1', 'P10', 'P7', 'P4', 'P5-unanswered'],
      ...['I3', 'I1', 'B1'],
    ]);
    expect(intakeRefusals(EMPTY_INTAKE).filter(({ stop }) => stop)).toEqual([]);
  });

  it('are refused unless each is there and none closes the way, whatever the draft', () => {
    fc.assert(
      fc.property(intakes, (intake) => {
        expect(Intake.safeParse(intake).success).toBe(true);
        const { on, why, who, howLong } = intake.informed;
        const answered = [
          ...[intake.label, intake.group, intake.recordedOn, on].map((text) => text.trim() !== ''),
          intake.source !== undefined && intake.source !== 'surveillance',
          intake.filmedBy === 'trainee' || intake.filmedBy === 'colleague',
          intake.purpose !== undefined,
          intake.ground !== undefined,
          intake.necessity.trim().length >= 20,
          intake.forEvaluation === true,
          intake.material !== undefined,
          intake.staff.length > 0,
          ...intake.staff.map(({ consentOn }) => consentOn !== ''),
          ...[why, who, howLong, intake.objectionsChecked],
          on <= intake.recordedOn,
          intake.announced || (intake.source !== 'online-lesson' && intake.source !== 'livestream'),
        ];
        expect(intakeRefusals(intake).length === 0).toBe(answered.every(Boolean));
      }),
      { numRuns: 500 },
    );
  });

  it('break one rule more with each answer that is taken back', () => {
    const broken = fc.subarray(
      [...MISSING, ...STOPS].filter(([rule]) => rule !== 'I1-late'),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(broken, (list) => {
        const intake = list.reduce((all, [, change]) => ({ ...all, ...change }), COMPLETE);
        // Of several changes to one answer the last one counts.
        const last = new Map(list.map(([rule, change]) => [Object.keys(change)[0], rule]));
        expect(new Set(rulesOf(intake))).toEqual(new Set(last.values()));
      }),
    );
  });

  it('hold no more than the schema has room for: no unknown field, no day that is none', () => {
    const wrong = [
      { name: 'Jan' },
      { recordedOn: '2026-02-30' },
      { recordedOn: 'gisteren' },
      { source: 'film' },
      { label: 'x'.repeat(81) },
      { objections: [{ pupil: '' }] },
      { objections: [{ pupil: 'leerling 3', photo: 'data:' }] },
    ];
    for (const change of wrong) expect(Intake.safeParse({ ...COMPLETE, ...change }).success).toBe(false);
  });
});

describe('what the school decided', () => {
  const school: SchoolRules = {
    purposes: [{ purpose: 'teacher-training', ground: 'legitimate-interest' }],
    proofOnly: 'deny',
    sharing: 'to-institute',
    resolutions: ['cut'],
    lessonTerms: { daysAfterAssessment: 14, daysAfterImport: 60 },
    toHide: [],
  };
  const rules = (change: Partial<Intake>, rule: Partial<SchoolRules> = {}) =>
    intakeRefusals({ ...COMPLETE, ...change }, { ...school, ...rule }).map((each) => each.rule);

  it('says what may be filmed for, and on which ground (P1, P10, P11, P13)', () => {
    for (const purpose of Purpose.options)
      for (const ground of Ground.options) {
        const wanted =
          purpose !== 'teacher-training' ? ['P1-school'] : ground === 'legitimate-interest' ? [] : ['P10-school'];
        expect(rules({ purpose, ground })).toEqual(wanted);
      }
  });

  it('lets proof alone in only where it is allowed (P5)', () => {
    expect(rules({ forEvaluation: false })).toEqual(['P5']);
    expect(rules({ forEvaluation: false }, { proofOnly: 'allow' })).toEqual([]);
  });

  it('asks of an online lesson and a livestream whether it was announced (I10, I11)', () => {
    expect(rules({ source: 'online-lesson' })).toEqual(['I10']);
    expect(rules({ source: 'livestream' })).toEqual(['I11']);
    expect(rules({ source: 'livestream', announced: true })).toEqual([]);
  });

  it('names everyone of the class whom its register knows (B1, P13), and nobody twice', () => {
    const pupil = fc.integer({ min: 1, max: 9 }).map((nth) => ({ pupil: `Leerling ${nth}`, seat: 'raam' }));
    const unique = fc.uniqueArray(pupil, { selector: (each) => each.pupil, maxLength: 9 });
    fc.assert(
      fc.property(unique, unique, (objections, toHide) => {
        const intake = { ...COMPLETE, objections };
        const known = { ...school, toHide };
        const missing = missingObjections(intake, known);
        expect(intakeRefusals(intake, known).map(({ rule }) => rule)).toEqual(
          missing.length > 0 ? ['B1-register'] : [],
        );
        const taken = withObjections(intake, known);
        expect(intakeRefusals(taken, known)).toEqual([]);
        expect(taken.objections.slice(0, objections.length)).toEqual(objections);
      }),
    );
  });
});
