import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEARD_SAMPLES, segmentsOf, type HeardSound } from '../../core/sound/speech.ts';

/** What is said for so many entries, at a level above -100 dBFS; speech as a probability. */
type Part = readonly [entries: number, level: number, speech: number];

function heardOf(parts: readonly Part[]): HeardSound {
  const all = parts.flatMap(([entries, level, speech]) => Array.from({ length: entries }, () => ({ level, speech })));
  return {
    levels: Uint8Array.from(all, ({ level }) => level),
    speech: Uint8Array.from(all, ({ speech }) => Math.round(speech * 255)),
  };
}
const found = (...parts: Part[]) =>
  segmentsOf(heardOf([[30, 35, 0], ...parts, [30, 35, 0]])).map(({ kind, from, to, hint }) => ({
    ...{ kind, hint, from: from / HEARD_SAMPLES - 30, to: to / HEARD_SAMPLES - 30 },
  }));

describe('speech', () => {
  it('is cut where somebody far away takes over without a pause, and where the one nearby goes on', () => {
    const [near, far, again, ...others] = found([60, 78, 1], [60, 60, 1], [60, 78, 1]);
    expect(others).toEqual([]);
    expect([near?.hint, far?.hint, again?.hint]).toEqual(['near', 'far', 'near']);
    expect(Math.abs(near!.to - 60)).toBeLessThanOrEqual(6);
    expect(Math.abs(again!.from - 120)).toBeLessThanOrEqual(6);
  });

  it('of one who pauses stays in one piece, however quiet the pause is', () => {
    // A gap of nine entries, and a detector that is slow to let go: fourteen quiet ones.
    const pause: Part[] = [
      [5, 35, 0.6],
      [9, 35, 0.05],
    ];
    const segments = found([50, 78, 1], ...pause, [50, 76, 1], ...pause, [50, 79, 1]);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ kind: 'speech', from: -2, to: 180 });
  });

  it('is never lost or told twice, whatever the levels', () => {
    const part = fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(0, 0.3, 1),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const heard = heardOf(parts);
        const segments = segmentsOf(heard);
        for (const [index, { from, to }] of segments.entries()) {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBeGreaterThanOrEqual(segments[index - 1]!.to);
        }
        // Three entries in a row that are surely speech are somebody.
        const isIn = (at: number) =>
          segments.some(
            ({ kind, from, to }) => kind === 'speech' && at * HEARD_SAMPLES >= from && at * HEARD_SAMPLES < to,
          );
        for (let at = 0; at + 2 < heard.speech.length; at++)
          if ([0, 1, 2].every((next) => heard.speech[at + next] === 255)) expect(isIn(at + 1)).toBe(true);
      }),
    );
  });
});
