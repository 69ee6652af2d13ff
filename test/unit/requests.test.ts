import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantRefusals, requestTasks } from '../../core/requests/effects.ts';
import { DataRequest, RefusalRule, RequestKind, rulesFor, type RequestStep } from '../../core/requests/request.ts';
import { candidatesOf, sorted } from '../../core/requests/search.ts';
import {
  answerByOf,
  byAnswerDate,
  isOverdue,
  requestCase,
  requestRefusals,
  stepRefusals,
  type RequestState,
} from '../../core/requests/states.ts';
import { STRICTEST_TERMS } from '../../core/retention/policy.ts';
import { addDays, type KeepingFacts } from '../../core/retention/terms.ts';
import { aDay } from '../fixtures/profiles.ts';
import { ANSWERED, caseOf, EXTENDED, HANDLED, REQUEST } from '../fixtures/requests.ts';

const TODAY = '2026-11-20';
const A = 'aaaaaaaaaaaaaaaa';
const B = 'bbbbbbbbbbbbbbbb';
const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

describe('the day by which a request must be answered (AVG art. 12(3))', () => {
  it.each([
    ['2026-01-15', '2026-02-15', '2026-04-15'],
    ['2026-01-31', '2026-02-28', '2026-04-28'],
    ['2028-01-31', '2028-02-29', '2028-04-29'],
    ['2028-02-29', '2028-03-29', '2028-05-29'],
    ['2026-11-30', '2026-12-30', '2027-02-28'],
    ['2026-12-31', '2027-01-31', '2027-03-31'],
    ['2026-08-31', '2026-09-30', '2026-11-30'],
  ])('of %s is %s, extended %s', (received, first, extended) => {
    expect(answerByOf(received, false)).toBe(first);
    expect(answerByOf(received, true)).toBe(extended);
  });

  it('is in the next month, never on a later day of it; extended, two months after that', () => {
    fc.assert(
      fc.property(aDay, (received) => {
        const first = answerByOf(received, false);
        const late = answerByOf(received, true);
        expect(monthOf(first) - monthOf(received)).toBe(1);
        expect(monthOf(late) - monthOf(received)).toBe(3);
        expect(first.slice(8) <= received.slice(8)).toBe(true);
        expect(late.slice(8) <= first.slice(8)).toBe(true);
        // Only where the month has no such day does it fall earlier: then on its last.
        if (first.slice(8) < received.slice(8)) expect(addDays(first, 1).slice(8)).toBe('01');
      }),
    );
  });
});

const STATES: Record<RequestState, readonly RequestStep[]> = {
  received: [],
  handling: [HANDLED],
  extended: [HANDLED, EXTENDED],
  answered: [HANDLED, ANSWERED],
};
const AFTER: Record<string, RequestState> = {
  'received handled': 'handling',
  'handling handled': 'handling',
  'handling extended': 'extended',
  'handling answered': 'answered',
  'extended handled': 'extended',
  'extended answered': 'answered',
};

describe('every step in every state', () => {
  const steps = [HANDLED, EXTENDED, ANSWERED];
  const all = Object.entries(STATES).flatMap(([state, before]) => steps.map((step) => ({ state, before, step })));
  it.each(all)('$step.event in $state', ({ state, before, step }) => {
    const known = caseOf({}, ...before);
    expect(known.state).toBe(state);
    const next = { ...step, on: '2026-11-09' };
    const wanted = AFTER[`${state} ${step.event}`];
    expect(stepRefusals(known, next, TODAY)).toEqual(wanted === undefined ? ['V1-order'] : []);
    if (wanted !== undefined) expect(caseOf({}, ...before, next).state).toBe(wanted);
  });

  it('a list that does not begin with a request is none, and a second one changes nothing', () => {
    expect(requestCase([])).toBeUndefined();
    expect(requestCase([HANDLED])).toBeUndefined();
    const twice = requestCase([
      { event: 'received', request: REQUEST },
      { event: 'received', request: { ...REQUEST, group: '3H' } },
    ]);
    expect(twice).toEqual(caseOf());
  });
});

describe('a step', () => {
  it('is not dated before the one before it, nor in the future', () => {
    const known = caseOf({}, HANDLED);
    expect(stepRefusals(known, { ...ANSWERED, on: '2026-11-05' }, TODAY)).toEqual(['V1-date']);
    expect(stepRefusals(known, { ...ANSWERED, on: '2026-11-21' }, TODAY)).toEqual(['V1-date']);
    expect(stepRefusals(caseOf(), { ...HANDLED, on: '2026-11-04' }, TODAY)).toEqual(['V1-date']);
  });

  it('that extends comes within the first month, with a reason', () => {
    const known = caseOf({}, HANDLED);
    const on = (day: string) => stepRefusals(known, { ...EXTENDED, on: day } as RequestStep, '2027-06-01');
    expect(on('2026-12-05')).toEqual([]);
    expect(on('2026-12-06')).toEqual(['art-12-3-late']);
    expect(stepRefusals(known, { event: 'extended', on: TODAY, reason: ' druk     ' }, TODAY)).toEqual([
      'art-12-3-reason',
    ]);
    expect(caseOf({}, HANDLED, EXTENDED)).toMatchObject({ answerBy: '2027-02-05', extension: { on: '2026-11-07' } });
  });

  it('that does not grant all has a reason and a rule of its kind; one that does has none', () => {
    for (const kind of RequestKind.options)
      for (const rule of [undefined, ...RefusalRule.options])
        for (const outcome of ['granted', 'partly', 'refused'] as const) {
          const answer = { ...ANSWERED, outcome, reason: 'zoals uitgelegd', ...(rule ? { rule } : {}) } as RequestStep;
          const fits = outcome === 'granted' ? rule === undefined : rule !== undefined && rulesFor(kind).includes(rule);
          expect(stepRefusals(caseOf({ kind }, HANDLED), answer, TODAY)).toEqual(fits ? [] : ['V1-rule']);
        }
    const bare = { ...ANSWERED, outcome: 'refused', rule: 'art-12-5', reason: 'nee' } as RequestStep;
    expect(stepRefusals(caseOf({}, HANDLED), bare, TODAY)).toEqual(['V1-reason']);
  });
});

describe('a request', () => {
  it('has no way in for a name', () => {
    for (const pupil of ['Jan', 'Leerling 0', 'leerling 3', 'Leerling 3 (Jan)', ''])
      expect(DataRequest.safeParse({ ...REQUEST, pupil }).success).toBe(false);
    expect(DataRequest.safeParse({ ...REQUEST, name: 'Jan' }).success).toBe(false);
    expect(DataRequest.safeParse(REQUEST).success).toBe(true);
  });

  it('is refused where it can not be right', () => {
    const { pupil: _none, ...nobody } = REQUEST;
    expect(requestRefusals(REQUEST, TODAY)).toEqual([]);
    expect(requestRefusals({ ...REQUEST, received: '2026-11-21' }, TODAY)).toEqual(['V1-date']);
    expect(requestRefusals({ ...REQUEST, to: '2026-09-30' }, TODAY)).toEqual(['V1-period']);
    expect(requestRefusals({ ...REQUEST, by: 'staff' }, TODAY)).toEqual(['V1-staff']);
    expect(requestRefusals({ ...nobody, kind: 'objection' }, TODAY)).toEqual(['B1-pupil']);
    expect(requestRefusals({ ...nobody, kind: 'objection', by: 'staff' }, TODAY)).toEqual([]);
  });

  it('is overdue from the day after, until it is answered', () => {
    expect(isOverdue(caseOf(), '2026-12-05')).toBe(false);
    expect(isOverdue(caseOf(), '2026-12-06')).toBe(true);
    expect(isOverdue(caseOf({}, HANDLED, ANSWERED), '2027-12-06')).toBe(false);
  });

  it('that must be answered first comes first', () => {
    fc.assert(
      fc.property(fc.array(aDay), (days) => {
        const all = days.map((received, index) => caseOf({ id: index.toString(16).padStart(16, '0'), received }));
        const dates = byAnswerDate(all).map(({ answerBy }) => answerBy);
        expect(dates).toEqual(all.map(({ answerBy }) => answerBy).sort());
      }),
    );
  });
});

const facts = (dossier: string, part: Partial<KeepingFacts> = {}): KeepingFacts => ({
  ...{ dossier, source: 'lesson', recordedOn: '2026-10-01', importedOn: '2026-10-02', assessedOn: undefined },
  ...{ rejectedOn: undefined, holdReviewBy: undefined, wipe: 'none', terms: STRICTEST_TERMS.lesson },
  ...part,
});

describe('the dossiers of a request', () => {
  it('are of its days, and still there', () => {
    const all = [
      facts(A),
      facts(B, { recordedOn: '2026-10-02' }),
      facts('cccccccccccccccc', { recordedOn: '2026-09-30' }),
      facts('dddddddddddddddd', { wipe: 'begun' }),
    ];
    expect(candidatesOf(REQUEST, all)).toEqual([all[0]]);
    expect(candidatesOf({ ...REQUEST, to: '2026-10-02' }, all)).toEqual(all.slice(0, 2));
  });

  it('are told apart by class; what could not be read is neither in nor out', () => {
    const groups = new Map([
      [A, ' 2v'],
      [B, '3H'],
      ['cccccccccccccccc', undefined],
      ['dddddddddddddddd', ''],
    ]);
    const none = { concerned: [], cleared: [] };
    expect(sorted('2V', groups, none)).toEqual({
      concerned: [A],
      cleared: [B],
      unseen: ['cccccccccccccccc', 'dddddddddddddddd'],
    });
    const told = { concerned: ['cccccccccccccccc'], cleared: ['dddddddddddddddd'] };
    expect(sorted('2V', groups, told)).toEqual({
      concerned: [A, 'cccccccccccccccc'],
      cleared: [B, 'dddddddddddddddd'],
      unseen: [],
    });
    // What a dossier says of itself weighs more than what someone tells.
    expect(sorted('2V', new Map([[A, '2V']]), { concerned: [], cleared: [A] }).concerned).toEqual([A]);
  });

  it('add up over all who looked', () => {
    const first = { ...HANDLED, concerned: [A], unseen: [B] } as RequestStep;
    expect(caseOf({}, first)).toMatchObject({ concerned: [A], unseen: [B] });
    const second = { ...HANDLED, cleared: [B], unseen: [A] } as RequestStep;
    expect(caseOf({}, first, second)).toMatchObject({ concerned: [A], cleared: [B], unseen: [] });
    // Who has no keys sees neither, and takes nothing away from what others saw.
    const blind = { ...HANDLED, unseen: [A, B] } as RequestStep;
    expect(caseOf({}, first, second, blind)).toMatchObject({ concerned: [A], cleared: [B], unseen: [] });
    const after = { ...HANDLED, concerned: [B] } as RequestStep;
    expect(caseOf({}, first, second, after)).toMatchObject({ concerned: [A, B], cleared: [] });
  });
});

describe('what was not done can not be granted', () => {
  const known = (kind: RequestKind) => caseOf({ kind }, { ...HANDLED, concerned: [A] } as RequestStep);
  const tasks = (kind: RequestKind, part: Partial<KeepingFacts>, registered = false) =>
    requestTasks(known(kind), new Map([[A, facts(A, part)]]), registered);
  const refusals = (kind: RequestKind, part: Partial<KeepingFacts>, registered = false) =>
    grantRefusals(known(kind), 'granted', tasks(kind, part, registered));

  it.each([
    { kind: 'access', part: {}, registered: false, rules: ['V1-copy'] },
    { kind: 'access', part: { wipe: 'complete' }, registered: false, rules: [] },
    { kind: 'erasure', part: {}, registered: false, rules: ['art-17-not-wiped'] },
    { kind: 'erasure', part: { wipe: 'begun' }, registered: false, rules: ['art-17-not-wiped'] },
    { kind: 'erasure', part: { wipe: 'partial' }, registered: false, rules: ['art-17-not-wiped'] },
    { kind: 'erasure', part: { wipe: 'complete' }, registered: false, rules: [] },
    { kind: 'restriction', part: {}, registered: false, rules: ['art-18-not-held'] },
    { kind: 'restriction', part: { holdReviewBy: TODAY }, registered: false, rules: [] },
    { kind: 'objection', part: {}, registered: false, rules: ['art-21-not-registered'] },
    { kind: 'objection', part: {}, registered: true, rules: [] },
  ] as const)('$kind of $part, registered $registered: $rules', ({ kind, part, registered, rules }) => {
    expect(refusals(kind, part, registered)).toEqual(rules);
    for (const outcome of ['partly', 'refused'] as const)
      expect(grantRefusals(known(kind), outcome, tasks(kind, part, registered))).toEqual([]);
  });

  it('nor what nobody looked at', () => {
    const unseen = caseOf({ kind: 'erasure' }, { ...HANDLED, unseen: [A] } as RequestStep);
    expect(grantRefusals(unseen, 'granted', requestTasks(unseen, new Map(), false))).toEqual(['V1-unseen']);
  });
});
