import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { HeardSegment } from '../../core/sound/speech.ts';
import { turnsOf } from '../../core/sound/turns.ts';

const segments: fc.Arbitrary<HeardSegment[]> = fc
  .array(
    fc.record({
      pause: fc.integer({ min: 0, max: 4 * SAMPLE_RATE }),
      length: fc.integer({ min: 100, max: 12 * SAMPLE_RATE }),
      kind: fc.constantFrom('speech', 'speech', 'noise'),
      hint: fc.constantFrom('near', 'near', 'far', undefined),
    }),
    { maxLength: 60 },
  )
  .map((all) => {
    let at = 0;
    return all.map(({ pause, length, kind, hint }): HeardSegment => {
      const from = at + pause;
      at = from + length;
      const segment = { from, to: at, kind: kind as HeardSegment['kind'], level: -20 };
      return kind === 'speech' && hint ? { ...segment, hint: hint as 'near' | 'far' } : segment;
    });
  });

describe('turns', () => {
  it('hold each sentence once, none of another distance, no noise and no long pause', () => {
    fc.assert(
      fc.property(segments, (all) => {
        const turns = turnsOf(all);
        for (const [index, turn] of turns.entries()) {
          expect(turn.from).toBeGreaterThanOrEqual(turns[index - 1]?.to ?? 0);
          const inside = all.filter(({ from, to }) => from < turn.to && to > turn.from);
          expect(inside.every(({ kind, hint }) => kind === 'speech' && hint === turn.hint)).toBe(true);
          const pauses = inside.slice(1).map(({ from }, at) => from - inside[at]!.to);
          expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(1.5 * SAMPLE_RATE);
          if (inside.length > 1) expect(turn.to - turn.from).toBeLessThanOrEqual(30 * SAMPLE_RATE);
        }
        for (const { kind, from, to } of all) {
          if (kind === 'noise') continue;
          expect(turns.filter((turn) => turn.from <= from && turn.to >= to)).toHaveLength(1);
        }
      }),
    );
  });

  it('make one press of a teacher who explains, and one of the pupil who asks in between', () => {
    const say = (from: number, to: number, hint: 'near' | 'far'): HeardSegment => ({
      ...{ from: from * SAMPLE_RATE, to: to * SAMPLE_RATE },
      ...{ kind: 'speech', level: -20, hint },
    });
    const turns = turnsOf([say(0, 2, 'near'), say(3, 6, 'near'), say(6.5, 8, 'far'), say(8.5, 12, 'near')]);
    expect(turns.map(({ from, to, hint }) => [from / SAMPLE_RATE, to / SAMPLE_RATE, hint])).toEqual([
      [0, 6, 'near'],
      [6.5, 8, 'far'],
      [8.5, 12, 'near'],
    ]);
  });
});
