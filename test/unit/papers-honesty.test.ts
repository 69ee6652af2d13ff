import { describe, expect, it } from 'vitest';
import { Decisions } from '../../core/decision/decisions.ts';
import { outcomeOf } from '../../core/papers/findings.ts';
import { figuresOf, MANY_FACES } from '../../core/papers/footage-figures.ts';
import { honestyOf, type HonestySource } from '../../core/papers/honesty.ts';
import { DESCRIBED_MODELS, limitsOf } from '../../core/papers/model-limits.ts';
import { buildPlan } from '../../core/plan/plan.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { MANIFEST } from '../../models/store.ts';
import { trackOf } from './arbitraries.ts';

const RATE = { num: 10, den: 1 };
const ANALYSIS = 'aaaaaaaaaaaaaaaa';
/** 2 min 30 s at ten pictures a second. */
const FRAMES = 1500;
/** A face in view from one frame to another, inclusive. */
const face = (id: string, start: number, end: number) =>
  trackOf(
    id,
    start,
    Array.from({ length: end - start + 1 }, () => ({ x: 100, y: 100, w: 40, h: 40 })),
  );
const TRACKS = [
  face('T001', 0, 1499),
  face('T002', 100, 109),
  face('T003', 130, 699),
  face('T004', 599, 600),
  face('T005', 1400, 1419),
];
const DECISIONS = Decisions.parse({
  version: 1,
  analysis: ANALYSIS,
  tracks: { T003: 'keep', T005: 'cut' },
  joins: [['T002', 'T004']],
  zones: [{ x: 0, y: 0, width: 50, height: 50 }],
  cuts: [{ from: 60, to: 65 }],
});

function figures(tracks = TRACKS, decisions = DECISIONS) {
  const arranged = { analysisId: ANALYSIS, tracks, sceneCuts: [], rate: RATE, decisions };
  const result = buildPlan({
    ...arranged,
    ...{ width: 640, height: 480, sourceFrames: FRAMES, analysedFrames: FRAMES, style: 'mosaic', sound: 'off' },
  });
  if (!result.ok) throw new Error(result.error.code);
  return figuresOf({ tracks, cuts: [], frameCount: FRAMES }, decisions, result.plan);
}

const REPORT: VerificationReport = {
  ...{ sha256: 'c'.repeat(64), checks: [], findings: [], framesSearched: 450, masksCompared: 900 },
  ...{ detector: 'retinaface-mnet25', rounds: 2, passed: true },
};
const FINDING = {
  kind: 'face-in-view',
  frame: 615,
  seconds: 61.5,
  box: { x: 0, y: 0, w: 9, h: 9 },
  value: 0.6,
} as const;

function wordsOf(part: Partial<HonestySource> = {}, language: 'nl' | 'en' = 'nl') {
  const source: HonestySource = {
    ...{ dossier: '00000000000000d1', figures: figures(), model: 'yunet-n', report: REPORT, hasClip: true },
    ...{ outcome: outcomeOf(REPORT, REPORT.sha256, false), releasedBy: 'Dio', madeAt: '2026-11-26T10:00:00.000Z' },
    ...part,
  };
  return JSON.stringify(honestyOf(source, language));
}

describe('the figures of a clip', () => {
  it('are exactly what was constructed', () => {
    expect(figures()).toEqual({
      seconds: 150,
      // 5 s by decision and 2 s with a track are cut.
      clipSeconds: 143,
      facesByMinute: [4, 3, 2],
      facesPerMinute: 3,
      fullest: { minute: 1, faces: 4 },
      manyFaces: false,
      tracks: 5,
      brief: 2,
      shortest: [
        { at: 59.9, seconds: 0.2 },
        { at: 10, seconds: 1 },
        { at: 140, seconds: 2 },
        { at: 13, seconds: 57 },
        { at: 0, seconds: 150 },
      ],
      // Between 109 and 599 lies more than may be filled.
      bridged: { count: 0, seconds: 0 },
      // Frames 130 to 699 without the fifty that are cut, of 1430.
      keptShare: 520 / 1430,
      cuts: [
        { from: 60, to: 65 },
        { from: 140, to: 142 },
      ],
      cutSeconds: 7,
      zones: 1,
    });
  });

  it('count the gaps that a joining of tracks fills', () => {
    const joined = { ...DECISIONS, joins: [['T002', 'T003']], tracks: {} };
    expect(figures(TRACKS, joined).bridged).toEqual({ count: 1, seconds: 2 });
  });

  it('count a face in each minute that it is seen in, to the picture', () => {
    const minutes = (start: number, end: number) =>
      figures([face('T001', start, end)], Decisions.parse({ version: 1 })).facesByMinute;
    expect(minutes(599, 599)).toEqual([1, 0, 0]);
    expect(minutes(600, 600)).toEqual([0, 1, 0]);
    expect(minutes(599, 1200)).toEqual([1, 1, 1]);
  });

  it('call it many only above the limit', () => {
    const crowd = (count: number) => Array.from({ length: count }, (_, index) => face(`T10${index}`, 0, FRAMES - 1));
    const free = Decisions.parse({ version: 1 });
    expect(figures(crowd(MANY_FACES), free)).toMatchObject({ facesPerMinute: MANY_FACES, manyFaces: false });
    expect(figures(crowd(MANY_FACES + 1), free).manyFaces).toBe(true);
    expect(figures([], free)).toMatchObject({ facesPerMinute: 0, fullest: undefined, shortest: [], keptShare: 0 });
  });
});

describe('what became of what the check found', () => {
  const left = { ...REPORT, passed: false, findings: [FINDING] };
  it.each([
    ['released', left.sha256, false],
    ['withheld', undefined, false],
    ['decided-since', undefined, true],
  ] as const)('%s', (fate, clip, since) => {
    expect(outcomeOf(left, clip, since)).toMatchObject({ result: 'left', findings: [{ fate }] });
  });

  it('is nothing without a check, and not clean where the file itself is wrong', () => {
    expect(outcomeOf(undefined, undefined, false).result).toBe('none');
    const checks = [{ name: 'duration', passed: false, measured: 1, wanted: 2 }] as const;
    expect(outcomeOf({ ...REPORT, passed: false, checks }, undefined, false)).toMatchObject({
      result: 'left',
      failed: 1,
    });
  });
});

describe('the honesty page', () => {
  it('tells the figures in plain words', () => {
    const words = wordsOf();
    const told = ['gemiddeld 3; de meeste in minuut 1: 4', '5, waarvan 2 korter dan 1,5 seconde', '0,2 s (op 0:59)'];
    const made = [
      'in 36,4 % van de clip',
      '2 stuk(ken), samen 7 s',
      '2 min 23 s',
      'in 450 beelden',
      'yunet-n: gemaakt voor',
    ];
    for (const part of [...told, ...made, '"Rondes","2"', 'vuistregel']) expect(words).toContain(part);
    expect(wordsOf({}, 'en')).toContain('in 36.4 % of the clip');
  });

  it('advises to film from the back where there are many faces, and says so only there (M1)', () => {
    const advice = 'Film de volgende keer van achter in de klas';
    expect(wordsOf({ figures: { ...figures(), manyFaces: true } })).toContain(advice);
    expect(wordsOf()).not.toContain(advice);
  });

  it('names each finding and who let it pass', () => {
    const report = { ...REPORT, passed: false, findings: Array.from({ length: 9 }, () => FINDING) };
    const words = wordsOf({ report, outcome: outcomeOf(report, report.sha256, false) });
    expect(words).toContain('["1:01","een gezicht in beeld","toch vrijgegeven"]');
    expect(words).toContain('En nog 4 plek(ken)');
    expect(words).toContain('vrijgegeven door Dio');
    expect(wordsOf({ report, outcome: outcomeOf(report, undefined, false), hasClip: false })).not.toContain('door Dio');
  });

  it('always says what the software cannot see, and never "anonymous"', () => {
    for (const part of ['Stem', 'Kleding, haar en houding', 'lopen', 'Naamkaartjes', 'bord', 'bekende plaats'])
      expect(wordsOf()).toContain(part);
    for (const language of ['nl', 'en'] as const) expect(wordsOf({}, language)).not.toMatch(/anoniem|geanonim|anonym/i);
    expect(wordsOf()).toContain('onherkenbaar gemaakt');
  });

  it('knows the limits of every model that the project knows, and says so of any other', () => {
    expect([...DESCRIBED_MODELS].sort()).toEqual(MANIFEST.map(({ name }) => name).sort());
    expect(limitsOf('ultraface-rfb+faceboxes', 'nl')).toMatch(/ultraface-rfb: .+; faceboxes: /);
    expect(limitsOf('constructor', 'nl')).toBe('constructor: zijn grenzen zijn ons niet bekend');
  });
});
