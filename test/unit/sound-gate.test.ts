import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClipWindow } from '../../core/sound/clip-window.ts';
import { without } from '../../core/sound/sample-range.ts';
import { envelope, FADE, SoundGate, type GateSettings } from '../../native/sound/gate.ts';
import { ROOM_TONE_LEVELS } from '../../native/sound/room-tone.ts';

const SAMPLES = 12_000;

/** Runs the gate on a source that comes in pieces. */
function passed(settings: GateSettings, source: Float32Array, piece = 777): Float32Array {
  const gate = new SoundGate(settings);
  const made: number[] = [];
  const width = piece * settings.channels;
  for (let at = 0; at < source.length; at += width)
    for (const block of gate.push(source.subarray(at, at + width))) made.push(...block);
  for (const block of gate.finish()) made.push(...block);
  return Float32Array.from(made);
}

const whole: ClipWindow[] = [{ from: 0, to: SAMPLES, at: 0, length: SAMPLES }];
const ranges = fc
  .array(
    fc
      .tuple(fc.nat(SAMPLES - 1), fc.integer({ min: 1, max: 2000 }))
      .map(([from, n]) => ({ from, to: Math.min(SAMPLES, from + n) })),
    { maxLength: 5 },
  )
  .map((all) => without(all, []));
/** Nothing that a filter could smear, and nothing that repeats. */
const noise = (channels: number, seed: number) =>
  Float32Array.from({ length: SAMPLES * channels }, (_, at) => Math.sin(at * at * 0.37 + seed) * 0.9);

describe('the gate', () => {
  it('lets not one bit of the recording through outside what may be heard', () => {
    fc.assert(
      fc.property(
        ranges,
        ranges,
        fc.constantFrom(1, 2),
        fc.integer({ min: 1, max: 5000 }),
        (marked, bleeped, channels, piece) => {
          const bleeps = without(bleeped, []);
          const kept = without(marked, bleeps).map((each) => ({ ...each, altered: false }));
          const settings = {
            plan: { kept, bleeps },
            windows: whole,
            channels,
            gain: 1.7,
            tone: -60 as const,
            seed: 7,
          };
          const [one, other] = [
            passed(settings, noise(channels, 1), piece),
            passed(settings, noise(channels, 2), 1999),
          ];
          expect(one.length).toBe(SAMPLES * channels);
          for (let at = 0; at < one.length; at++) {
            const sample = Math.floor(at / channels);
            const heard = kept.some(({ from, to }) => sample >= from && sample < to);
            if (!heard && one[at] !== other[at]) throw new Error(`sample ${sample} depends on the recording`);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('passes what may be heard unchanged but for the one gain, up to the fades at its ends', () => {
    const kept = [{ from: 1000, to: 9000, altered: false }];
    const source = noise(2, 1);
    const made = passed(
      { plan: { kept, bleeps: [] }, windows: whole, channels: 2, gain: 0.5, tone: -60, seed: 7 },
      source,
    );
    for (let at = (1000 + FADE) * 2; at < (9000 - FADE) * 2; at++)
      expect(made[at]).toBe(Math.fround(source[at]! * 0.5));
    expect(envelope(kept[0]!, 999)).toBe(0);
    expect(envelope(kept[0]!, 1000)).toBeLessThan(0.001);
  });

  it('joins without a step: a loud constant comes and goes smoothly, at cuts as well', () => {
    const windows = [
      { from: 0, to: 4000, at: 0, length: 4000 },
      { from: 8000, to: SAMPLES, at: 4000, length: 4000 },
    ];
    const kept = [
      { from: 1000, to: 4000, altered: false },
      { from: 8000, to: 11_000, altered: false },
    ];
    const source = new Float32Array(SAMPLES).fill(1);
    const made = passed({ plan: { kept, bleeps: [] }, windows, channels: 1, gain: 1, tone: -60, seed: 7 }, source);
    expect(made.length).toBe(8000);
    // A raised cosine of 240 samples never rises by more than pi/2/240 a sample.
    for (let at = 1; at < made.length; at++)
      expect(Math.abs(made[at]! - made[at - 1]!)).toBeLessThan(Math.PI / 2 / FADE + 0.005);
  });

  it('is as long as the picture, however long the sound', () => {
    fc.assert(
      fc.property(fc.nat(SAMPLES * 2), fc.constantFrom(-1, 0, 1), (length, odd) => {
        const windows = [
          { from: 0, to: 3000, at: 0, length: 3000 + odd },
          { from: 5000, to: SAMPLES, at: 3000 + odd, length: 7000 },
        ];
        const kept = [{ from: 0, to: SAMPLES, altered: false }];
        const plan = {
          kept: without(kept, [{ from: 3000, to: 5000 }]).map((each) => ({ ...each, altered: false })),
          bleeps: [],
        };
        const made = passed(
          { plan, windows, channels: 1, gain: 1, tone: -60, seed: 7 },
          new Float32Array(length).fill(0.5),
        );
        expect(made.length).toBe(10_000 + odd);
      }),
      { numRuns: 30 },
    );
  });

  it.each(ROOM_TONE_LEVELS)('fills with room tone of %i dBFS', (tone) => {
    const made = passed(
      { plan: { kept: [], bleeps: [] }, windows: whole, channels: 1, gain: 1, tone, seed: 7 },
      noise(1, 1),
    );
    const rms = Math.sqrt(made.reduce((sum, each) => sum + each * each, 0) / made.length);
    expect(Math.abs(20 * Math.log10(rms) - tone)).toBeLessThan(0.7);
  });
});
