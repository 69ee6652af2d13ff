import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stretch } from '../../core/sound/stretch.ts';
import { AnyLag, LOW_RATE } from '../../native/sound/any-lag.ts';
import { EnvelopeLagMeter } from '../../native/sound/envelope-lag.ts';
import { seeded } from '../fixtures/vault.ts';

const RATE = 48_000;

/** Noise that grows loud and soft some times a second, as speech does. */
function babble(seconds: number, seed: number): Float32Array {
  const random = seeded(seed);
  const phases = [2.1, 3.7, 5.3].map((rate) => ({ rate, phase: 6.28 * random() }));
  let low = 0;
  return Float32Array.from({ length: seconds * RATE }, (_, at) => {
    const loud = phases.reduce((sum, { rate, phase }) => sum + Math.sin((6.28 * rate * at) / RATE + phase), 0);
    low = 0.8 * low + 0.2 * (2 * random() - 1);
    return 0.2 * Math.exp(1.5 * loud - 2) * low;
  });
}
const hiss = (seconds: number, seed: number) => {
  const random = seeded(seed);
  return Float32Array.from({ length: seconds * RATE }, () => 0.004 * (2 * random() - 1));
};
const moved = (samples: Float32Array, by: number) => samples.map((_, at) => samples[at - by] ?? 0);
const pieces = (kind: Stretch['kind'], from: number, count: number): Stretch[] =>
  Array.from({ length: count }, (_, piece) => ({
    ...{ kind, from: from + piece * 24_000, to: from + (piece + 1) * 24_000 },
  }));

/** In pieces of odd lengths, as a decoder gives them. */
function feed(meter: { push: (a: Float32Array, b: Float32Array) => void }, clip: Float32Array, other: Float32Array) {
  for (let at = 0; at < clip.length; at += 7001)
    meter.push(clip.subarray(at, at + 7001), other.subarray(at, at + 7001));
}

function likenesses(clip: Float32Array, recording: Float32Array, stretches: readonly Stretch[]) {
  const meter = new AnyLag(stretches, 1);
  feed(meter, clip, recording);
  const { of, silent } = meter.result();
  return { of: stretches.map((each) => of.get(each)!), silent };
}

describe('likeness at any lag', () => {
  it('of unrelated noise comes to what chance makes of it', () => {
    const recording = babble(8, 1);
    const { of, silent } = likenesses(hiss(8, 2), recording, pieces('silent', 0, 16));
    for (const { value, count } of of) {
      expect(count).toBe(LOW_RATE / 2);
      expect(value * Math.sqrt(count)).toBeLessThan(5.5);
      expect(value).toBeGreaterThan(0);
    }
    expect(silent.count).toBe(8 * LOW_RATE);
    expect(silent.value * Math.sqrt(silent.count)).toBeLessThan(5.5);
  });

  it('is found at whichever lag up to 50 ms, early and late, and of a softly mixed in recording too', () => {
    const recording = babble(3, 3);
    const stretches = pieces('silent', RATE, 2);
    fc.assert(
      fc.property(fc.integer({ min: -2390, max: 2390 }), (lag) => {
        const clip = moved(recording, lag);
        for (const { value } of likenesses(clip, recording, stretches).of) expect(value).toBeGreaterThan(0.6);
        const noise = hiss(3, 5);
        const soft = noise.map((sample, at) => sample + 0.08 * clip[at]!);
        for (const { value, count } of likenesses(soft, recording, stretches).of)
          expect(value * Math.sqrt(count)).toBeGreaterThan(8);
      }),
      { numRuns: 25 },
    );
  });

  it('looks at nothing beyond the end, where a clip is shorter than its picture', () => {
    const recording = babble(3, 3);
    const clip = recording.map((sample, at) => (at < 2 * RATE ? sample : 0));
    const { of } = likenesses(clip.subarray(0, 2.2 * RATE), recording.subarray(0, 2.2 * RATE), [
      { kind: 'silent', from: 2.1 * RATE, to: 2.5 * RATE },
    ]);
    expect(of[0]!.value).toBe(0);
  });
});

describe('the lag of an envelope', () => {
  it.each([-40, -11, 0, 3, 17, 48])('of sound that is not alike but %i ms apart is found', (ms) => {
    const recording = babble(4, 7);
    const random = seeded(11);
    const clip = moved(recording, (ms * RATE) / 1000).map((sample) => sample * Math.sign(random() - 0.5));
    const meter = new EnvelopeLagMeter(pieces('altered', RATE / 2, 6), 1);
    feed(meter, clip, recording);
    expect(Math.abs(meter.median()! - (ms * RATE) / 1000)).toBeLessThanOrEqual(RATE / 1000);
  });

  it('is not made up where nothing lasts a second', () => {
    const meter = new EnvelopeLagMeter(pieces('altered', RATE / 2, 1), 1);
    feed(meter, babble(2, 1), babble(2, 1));
    expect(meter.median()).toBeUndefined();
  });
});
