import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import { DossierEvent, Resolution, stateOf, type DossierState } from '../../core/dossier/events.ts';
import { handInRefusals, keptStrangers, openObjections } from '../../core/dossier/hand-in.ts';
import { EMPTY_INTAKE } from '../../core/dossier/intake.ts';
import { gateOf, nextStepOf, type NextStep } from '../../core/dossier/next-step.ts';
import { COMPLETE, intakes } from '../fixtures/intake.ts';

const CLIP = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const TO = '00112233445566aa';

const facts = {
  source: 'lesson',
  recordedOn: '2026-11-20',
  bytes: 9,
  milliseconds: 8000,
  hmac: 'c'.repeat(64),
} as const;
const imported: DossierEvent = { event: 'imported', label: 'les', ...facts };
const opened: DossierEvent = { event: 'opened', intake: COMPLETE };
const decided: DossierEvent = { event: 'decided', decisions: NO_DECISIONS };
const resolved: DossierEvent = { event: 'resolved', resolutions: { 'leerling 3': 'cut' } };
const rendered: DossierEvent = { event: 'rendered', sha256: CLIP, quality: 'fast' };
const handedIn: DossierEvent = { event: 'handed-in', sha256: CLIP, to: TO };

/** @throws when nothing began */
function stateAfter(...events: DossierEvent[]): DossierState {
  const state = stateOf([imported, ...events]);
  if (!state) throw new Error('no state');
  return state;
}

const MAKER = 'aa66554433221100';
const approved = (clip: string, by: string): DossierEvent => ({
  event: 'approved',
  approval: {
    ...{ version: 1, dossier: TO, clip, decisions: CLIP, answers: CLIP, report: CLIP, profile: CLIP },
    coverage: { rule: 'every-second', seconds: 8, watched: 8 },
    residual: {
      'names-heard': 'absent',
      'name-tags': 'absent',
      board: 'absent',
      clothes: 'absent',
      confidential: 'absent',
      objector: 'absent',
    },
    ...{ by, at: '2026-11-21T10:00:00.000Z' },
  },
  signature: 'AA==',
});

const digests = fc.constantFrom(CLIP, OTHER);
const pupils = fc.constantFrom('leerling 3', 'leerling 7');
const events: fc.Arbitrary<DossierEvent> = fc.oneof(
  fc.constantFrom(imported, decided),
  intakes.map((intake): DossierEvent => ({ event: 'opened', intake })),
  fc
    .dictionary(pupils, fc.constantFrom(...Resolution.options))
    .map((resolutions): DossierEvent => ({ event: 'resolved', resolutions })),
  digests.map((sha256): DossierEvent => ({ event: 'rendered', sha256, quality: 'careful' })),
  digests.map((sha256): DossierEvent => ({ event: 'handed-in', sha256, to: TO })),
  fc.tuple(digests, fc.constantFrom(TO, MAKER)).map(([clip, by]) => approved(clip, by)),
  fc
    .tuple(fc.constantFrom('sent-back', 'rejected'), digests, fc.constantFrom(TO, MAKER))
    .map(([event, sha256, by]): DossierEvent => ({ event, sha256, by, reason: 'bord', comments: [] })),
  digests.map((sha256): DossierEvent => ({
    event: 'reviewing',
    reviewing: { sha256, watched: [{ from: 0, to: 8 }], residual: {}, comments: [] },
    signature: 'AA==',
  })),
);

describe('what became of a recording', () => {
  it('begins with its import, and with nothing else', () => {
    expect(stateOf([])).toBeUndefined();
    expect(stateOf([decided, imported])).toBeUndefined();
    expect(stateAfter()).toMatchObject({
      ...facts,
      label: 'les',
      clip: undefined,
      handedIn: undefined,
      resolutions: {},
    });
    expect(stateAfter({ ...imported, label: 'een andere' }).label).toBe('les');
  });

  it('keeps a clip until something is decided anew', () => {
    expect(stateAfter(rendered).clip).toBe(CLIP);
    expect(stateAfter(rendered, resolved, opened).clip).toBe(CLIP);
    expect(stateAfter(rendered, decided).clip).toBeUndefined();
    expect(stateAfter(rendered, decided, { ...rendered, sha256: OTHER }).clip).toBe(OTHER);
  });

  it.each([decided, resolved, rendered, opened])('is handed in until it changes, as by $event', (change) => {
    expect(stateAfter(rendered, handedIn).handedIn).toEqual({ sha256: CLIP, to: TO });
    expect(stateAfter(rendered, handedIn, change).handedIn).toBeUndefined();
  });

  it('is never handed in with another clip than the present one', () => {
    expect(stateAfter(handedIn).handedIn).toBeUndefined();
    expect(stateAfter(rendered, decided, handedIn).handedIn).toBeUndefined();
    expect(stateAfter(rendered, { ...handedIn, sha256: OTHER }).handedIn).toBeUndefined();
  });

  it('holds together after any course of events', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (list) => {
        for (const event of list) expect(DossierEvent.safeParse(event).success).toBe(true);
        const state = stateAfter(...list);
        if (state.clip === undefined) expect(state.handedIn).toBeUndefined();
        if (state.handedIn) expect(state.handedIn.sha256).toBe(state.clip);
        const last = list.findLast(({ event }) => event === 'rendered' || event === 'decided');
        expect(state.clip).toBe(last?.event === 'rendered' ? last.sha256 : undefined);
      }),
      { numRuns: 500 },
    );
  });
});

describe('handing in', () => {
  const objecting: DossierEvent = {
    event: 'opened',
    intake: {
      ...COMPLETE,
      objections: [
        { pupil: 'leerling 3', seat: '' },
        { pupil: 'leerling 7', seat: 'deur' },
      ],
    },
  };

  it('is allowed with a complete intake, a clip that passed and no objection left open', () => {
    expect(handInRefusals(stateAfter(opened, rendered))).toEqual([]);
    const resolutions = { 'leerling 3': 'masked', 'leerling 7': 'out-of-view' } as const;
    expect(handInRefusals(stateAfter(objecting, { event: 'resolved', resolutions }, rendered))).toEqual([]);
  });

  it.each([
    ['intake-missing', [rendered]],
    ['intake-incomplete', [{ event: 'opened', intake: EMPTY_INTAKE }, rendered]],
    ['intake-incomplete', [{ event: 'opened', intake: { ...COMPLETE, forEvaluation: false } }, rendered]],
    ['not-rendered', [opened]],
    ['not-rendered', [opened, rendered, decided]],
    ['objections-open', [objecting, rendered]],
    ['objections-open', [objecting, rendered, resolved]],
    ['already-handed-in', [opened, rendered, handedIn]],
  ] as const)('is refused for exactly %s', (reason, list) => {
    expect(handInRefusals(stateAfter(...list))).toEqual([reason]);
  });

  it('names the pupils whose objection is still open', () => {
    expect(openObjections(stateAfter(rendered))).toEqual([]);
    expect(openObjections(stateAfter(objecting))).toEqual(['leerling 3', 'leerling 7']);
    const others = openObjections(stateAfter(objecting, resolved));
    expect(others).toContain('leerling 7');
  });

  it('counts "cut" only where something is cut (B6)', () => {
    const cut: DossierEvent = { event: 'resolved', resolutions: { 'leerling 3': 'cut', 'leerling 7': 'masked' } };
    const decided = (decisions: Decisions): DossierEvent => ({ event: 'decided', decisions });
    const with1 = decided({ ...NO_DECISIONS, cuts: [{ from: 1, to: 2 }] });
    expect(openObjections(stateAfter(objecting, cut))).toEqual(['leerling 3']);
    expect(openObjections(stateAfter(objecting, with1, cut))).toEqual([]);
    expect(openObjections(stateAfter(objecting, with1, cut, decided(NO_DECISIONS)))).toEqual(['leerling 3']);
  });

  it('finds who stays in view without being staff who consented', () => {
    const kept = { ...NO_DECISIONS, analysis: 'a', tracks: { T001: 'keep', T002: 'keep' } } as const;
    const { staff } = COMPLETE;
    const because = { T001: staff[0]!.name };
    const state = stateAfter(
      { event: 'opened', intake: COMPLETE },
      { event: 'decided', decisions: { ...kept, because } },
    );
    expect(keptStrangers(state)).toEqual(['T002']);
    const silent = { ...COMPLETE, staff: staff.map((each) => ({ ...each, consentOn: '' })) };
    expect(keptStrangers({ ...state, intake: silent })).toEqual(['T001', 'T002']);
  });

  it('is not met by a word that every object knows', () => {
    const intake = { ...COMPLETE, objections: [{ pupil: 'constructor', seat: '' }] };
    expect(openObjections(stateAfter({ event: 'opened', intake }))).toEqual(['constructor']);
  });
});

describe('the next step', () => {
  it('follows from what is there', () => {
    expect(nextStepOf(stateAfter(), false)).toBe('analyse');
    expect(nextStepOf(stateAfter(rendered, handedIn), false)).toBe('analyse');
    expect(nextStepOf(stateAfter(), true)).toBe('edit');
    expect(nextStepOf(stateAfter(rendered), true)).toBe('hand-in');
    expect(nextStepOf(stateAfter(rendered, handedIn), true)).toBe('review');
    expect(nextStepOf(stateAfter(rendered, handedIn, decided), true)).toBe('edit');
  });

  it('stands before one gate, or before none where that can not be told', () => {
    const gates: Record<NextStep, ReturnType<typeof gateOf>> = {
      analyse: 'G2',
      edit: 'G2',
      'hand-in': 'G2',
      review: 'G3',
      judge: 'G3',
      'put-right': 'G2',
      export: 'G4',
      wipe: 'G5',
      'not-yours': undefined,
      busy: undefined,
      damaged: undefined,
      'wipe-again': 'G5',
    };
    for (const [step, gate] of Object.entries(gates)) expect(gateOf(step as NextStep)).toBe(gate);
  });
});

describe('gate G3', () => {
  const begun = fc.constantFrom<DossierEvent[]>([], [rendered, handedIn], [rendered, handedIn, approved(CLIP, TO)]);
  const courses = fc
    .tuple(begun, fc.array(events, { maxLength: 9 }))
    .map(([first, rest]): DossierEvent[] => [...first, ...rest]);

  it('is passed by no course of up to twelve events without an approval of the very clip by whom it was given to', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const state = stateAfter(...course);
        if (nextStepOf(state, true) !== 'export') return;
        const { verdict, clip, handedIn } = state;
        expect(verdict).toMatchObject({ kind: 'approved', approval: { clip, by: handedIn?.to } });
        const last = course.map(({ event }) => event);
        const changes = ['opened', 'decided', 'resolved', 'rendered'];
        const lastChange = Math.max(...changes.map((event) => last.lastIndexOf(event as DossierEvent['event'])));
        expect(last.lastIndexOf('approved')).toBeGreaterThan(lastChange);
      }),
      { numRuns: 2000 },
    );
  });

  it('is passed by no one any more once a recording was rejected', () => {
    const rejected: DossierEvent = { event: 'rejected', sha256: CLIP, by: TO, reason: 'thuis', comments: [] };
    fc.assert(
      fc.property(courses, (course) => {
        const state = stateAfter(rendered, handedIn, rejected, ...course);
        expect(state.handedIn).toBeUndefined();
        expect(nextStepOf(state, true)).toBe('wipe');
        expect(handInRefusals(state)).toContain('rejected');
      }),
    );
  });

  it('forgets what was watched of another clip', () => {
    const reviewing: DossierEvent = {
      event: 'reviewing',
      reviewing: { sha256: CLIP, watched: [{ from: 0, to: 8 }], residual: {}, comments: [] },
      signature: 'AA==',
    };
    const again: DossierEvent = { event: 'rendered', sha256: OTHER, quality: 'fast' };
    const handed: DossierEvent = { event: 'handed-in', sha256: OTHER, to: TO };
    expect(stateAfter(rendered, handedIn, reviewing).reviewing?.value.sha256).toBe(CLIP);
    expect(stateAfter(rendered, handedIn, reviewing, again, handed).reviewing).toBeUndefined();
  });
});
