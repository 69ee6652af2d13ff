import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, clip, type Box } from '../../core/geometry/box.ts';
import { STANDARD_RATES } from '../../core/media/frame-rate.ts';
import { doubtsOf, type DoubtfulRecording, type DoubtKind } from '../../core/review/doubts.ts';
import { boxAt, type Track } from '../../core/track/track.ts';
import { trackOf, tracks } from './arbitraries.ts';

const FRAMES = 500;
const recording: Omit<DoubtfulRecording, 'tracks'> = {
  width: 1920,
  height: 1080,
  rate: { num: 25, den: 1 },
  frameCount: FRAMES,
  cuts: [],
};
const CALM: Box = { x: 900, y: 400, w: 100, h: 120 };

/** A head from `start` to `end` (inclusive) that is where `at` says. */
function head(start: number, end: number, at: (frame: number) => Box = () => CALM): Track {
  return trackOf(
    'T001',
    start,
    Array.from({ length: end - start + 1 }, (_, step) => at(start + step)),
  );
}

const doubts = (track: Track, more: Partial<DoubtfulRecording> = {}) =>
  doubtsOf({ ...recording, ...more, tracks: [track] });
const kinds = (track: Track, more: Partial<DoubtfulRecording> = {}): DoubtKind[] => [
  ...new Set(doubts(track, more).map(({ kind }) => kind)),
];

describe('doubts', () => {
  it('are none about a calm head that is there from the first picture to the last', () => {
    expect(doubts(head(0, FRAMES - 1))).toEqual([]);
  });

  it('are about a head that begins and ends inside a shot', () => {
    expect(doubts(head(100, 300))).toEqual([
      { frame: 100, kind: 'appears', track: 'T001' },
      { frame: 300, kind: 'vanishes', track: 'T001' },
    ]);
  });

  it('are not about a head that begins and ends with its shot, but about the shots', () => {
    expect(doubts(head(100, 299), { cuts: [100, 300] })).toEqual([
      { frame: 100, kind: 'scene-cut', track: undefined },
      { frame: 300, kind: 'scene-cut', track: undefined },
    ]);
  });

  it('do not mind one picture between a head and the border of its shot, but do mind two', () => {
    const shots = { cuts: [100, 300] };
    const ofHead = (start: number, end: number) =>
      kinds(head(start, end), shots).filter((kind) => kind !== 'scene-cut');
    expect([ofHead(101, 298), ofHead(99, 300)]).toEqual([[], []]);
    expect(ofHead(102, 297)).toEqual(['appears', 'vanishes']);
  });

  it('are about a head that was hardly seen, where it was seen best', () => {
    const hardly = { ...head(0, FRAMES - 1), bestScore: 0.59, bestFrame: 240 };
    expect(doubts(hardly)).toEqual([{ frame: 240, kind: 'unsure', track: 'T001' }]);
    expect(doubts({ ...hardly, bestScore: 0.6 })).toEqual([]);
  });

  it('are about a small head', () => {
    expect(kinds(head(0, FRAMES - 1, () => ({ x: 900, y: 400, w: 26, h: 32 })))).toEqual(['small']);
    expect(kinds(head(0, FRAMES - 1, () => ({ x: 900, y: 400, w: 28, h: 33 })))).toEqual([]);
  });

  it.each<[string, Box]>([
    ['left', { ...CALM, x: 15 }],
    ['right', { ...CALM, x: 1920 - 115 }],
    ['upper', { ...CALM, y: 8 }],
    ['lower', { ...CALM, y: 1080 - 128 }],
  ])('are about a head at the %s edge', (_edge, box) => {
    expect(kinds(head(0, FRAMES - 1, () => box))).toEqual(['edge']);
  });

  it('are about a head that moves faster than three of its heights a second, when it does', () => {
    const runs = head(0, FRAMES - 1, (frame) => ({ ...CALM, x: 300 + 16 * Math.max(0, Math.min(50, frame - 200)) }));
    const found = doubts(runs);
    expect(found.map(({ kind }) => kind)).toEqual(found.map(() => 'fast'));
    expect(found.length).toBeGreaterThan(0);
    for (const { frame } of found) expect(frame >= 200 && frame <= 263).toBe(true);
    expect(kinds(head(0, FRAMES - 1, (frame) => ({ ...CALM, x: 300 + 2 * frame })))).toEqual([]);
  });

  it('are none about a head that comes in or goes out beside the picture, where nobody sees it', () => {
    const through = head(100, 300, (frame) => ({ ...CALM, x: -150 + 11 * (frame - 100) }));
    expect(kinds(through)).toEqual(['edge']);
    // A quarter of a face is somebody.
    const share = (part: number) => kinds(head(100, 300, () => ({ ...CALM, x: 1920 - part * CALM.w })));
    expect(share(0.19)).toEqual([]);
    expect(share(0.21)).toEqual(['appears', 'vanishes']);
  });

  it('are about a camera that moves everybody fast, once for all, and again while it lasts', () => {
    const classOf = (count: number, own: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...head(0, FRAMES - 1, (frame) => ({
          ...CALM,
          y: 100 + 150 * index,
          // The last one moves by itself as well.
          x:
            900 +
            14 * Math.abs(((frame - 200) % 100) - 50) * Number(frame >= 200 && frame < 400) +
            (index === count - 1 ? own * Math.max(0, Math.min(50, frame - 440)) : 0),
        })),
        id: `T00${index + 1}`,
      }));
    const of = (list: Track[]) => doubtsOf({ ...recording, tracks: list });
    const together = of(classOf(4, 0));
    expect(new Set(together.map(({ kind, track }) => `${kind} ${track}`))).toEqual(new Set(['camera undefined']));
    for (let frame = 212; frame < 400; frame++)
      expect(together.some((doubt) => Math.abs(doubt.frame - frame) <= 50 + 12)).toBe(true);
    expect(of(classOf(4, 16)).filter(({ kind }) => kind === 'fast')).toEqual([
      expect.objectContaining({ track: 'T004' }),
    ]);
    // Of two nobody knows which one the camera carries.
    expect(new Set(of(classOf(2, 0)).map(({ kind }) => kind))).toEqual(new Set(['fast']));
  });

  it('leave no fast movement alone, whoever or whatever moves', () => {
    const half = 13;
    fc.assert(
      fc.property(tracks, (list) => {
        const found = doubtsOf({ ...recording, frameCount: 700, tracks: list });
        for (const track of list) {
          let last = Number.NEGATIVE_INFINITY;
          for (let frame = half * (Math.floor(track.start / half) + 2); frame <= track.end; frame += half) {
            const now = boxAt(track, frame)!;
            const before = boxAt(track, frame - half)!;
            const seen = area(clip(now, 1920, 1080)) >= 0.2 * area(now);
            if (!seen || Math.hypot(now.x - before.x, now.y - before.y) <= 1.5 * now.h) continue;
            const near = found.some(
              (doubt) => (doubt.track === track.id || doubt.track === undefined) && Math.abs(doubt.frame - frame) <= 50,
            );
            // A stretch of the same is looked at where it begins.
            expect(near || frame - last <= 50).toBe(true);
            last = frame;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of one head within a second are one', () => {
    expect(doubts(head(100, 110)).map(({ kind }) => kind)).toEqual(['appears']);
  });

  it('are in order of time, within the recording, about its tracks, and never fail', () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 1, max: 699 }), { maxLength: 5 })
      .map((list) => list.sort((a, b) => a - b));
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(tracks, cuts, scores, fc.constantFrom(...STANDARD_RATES), (list, shots, best, rate) => {
        const scored = list.map((track, index) => ({ ...track, bestScore: best[index]! }));
        const found = doubtsOf({ ...recording, frameCount: 700, rate, cuts: shots, tracks: scored });
        expect(found.map(({ frame }) => frame)).toEqual(found.map(({ frame }) => frame).sort((a, b) => a - b));
        for (const { frame, kind, track } of found) {
          expect(Number.isInteger(frame) && frame >= 0 && frame < 700).toBe(true);
          const about = list.find(({ id }) => id === track);
          if (kind === 'camera') expect(track).toBeUndefined();
          else if (!about) expect([track, kind, shots.includes(frame)]).toEqual([undefined, 'scene-cut', true]);
          else expect(frame >= about.start && frame <= about.end).toBe(true);
        }
        expect(found.filter(({ kind }) => kind === 'scene-cut').map(({ frame }) => frame)).toEqual(shots);
        for (const track of scored)
          if (track.bestScore < 0.6)
            expect(found).toContainEqual({ frame: track.bestFrame, kind: 'unsure', track: track.id });
      }),
    );
  });
});
