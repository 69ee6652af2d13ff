import { describe, expect, it } from 'vitest';
import { drawChanges, VoiceAlterer, withVoicesAltered, type VoiceChange } from '../../native/sound/voice/alter.ts';

const RATE = 48_000;

/** A buzz with two formants, louder in its middle: as much of a voice as altering looks at. */
function voice(seconds: number, pitch: number): Float32Array {
  return Float32Array.from({ length: seconds * RATE }, (_, at) => {
    const t = at / RATE;
    let sum = 0;
    for (let harmonic = 1; harmonic * pitch < 6000; harmonic++) {
      const f = harmonic * pitch;
      const level = Math.exp(-(((f - 600) / 250) ** 2)) + 0.5 * Math.exp(-(((f - 1800) / 300) ** 2)) + 0.01;
      sum += level * Math.cos(2 * Math.PI * f * t);
    }
    return 0.05 * sum * (t > seconds / 3 && t < (2 * seconds) / 3 ? 1 : 0.1);
  });
}

/** Strongest period between 60 and 400 Hz, in Hz. */
function pitchOf(samples: Float32Array): number {
  let best = { lag: 0, value: -Infinity };
  for (let lag = RATE / 400; lag <= RATE / 60; lag++) {
    let value = 0;
    for (let at = 0; at + lag < samples.length; at += 2) value += samples[at]! * samples[at + lag]!;
    if (value > best.value) best = { lag, value };
  }
  return RATE / best.lag;
}

const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);

function altered(source: Float32Array, ...changes: readonly VoiceChange[]): Float32Array {
  const alterer = new VoiceAlterer(changes);
  const out: number[] = [];
  for (let at = 0; at < source.length; at += 5000) out.push(...alterer.push(source.subarray(at, at + 5000)));
  out.push(...alterer.finish());
  return Float32Array.from(out);
}

describe('an altered voice', () => {
  it.each([0.8, 0.9, 1.1, 1.25])('has its pitch times %f, its length and about its loudness and time', (ratio) => {
    const source = voice(1.5, 130);
    const made = altered(source, { ratio, alpha: 0.85 });
    expect(made.length).toBe(source.length);
    const middle = (samples: Float32Array) => samples.subarray(0.6 * RATE, 0.9 * RATE);
    expect(pitchOf(middle(made)) / 130 / ratio).toBeCloseTo(1, 1);
    expect(Math.abs(20 * Math.log10(rms(middle(made)) / rms(middle(source))))).toBeLessThan(3);
    // Loud from 0.5 s to 1 s: there and nowhere else, to within a period of the voice and a half.
    const period = RATE / 130 / ratio;
    const level = (at: number) => rms(made.subarray(at - period / 2, at + period / 2));
    const enough = 0.5 * level(0.75 * RATE);
    const places = Array.from({ length: 1400 }, (_, at) => Math.round((0.05 + at / 1000) * RATE));
    const loud = places.filter((at) => level(at) > enough);
    expect(Math.abs(loud[0]! / RATE - 0.5)).toBeLessThan(0.012);
    expect(Math.abs(loud[loud.length - 1]! / RATE - 1)).toBeLessThan(0.012);
  });

  it('is drawn anew each time, and never close to what it was', () => {
    const drawn = drawChanges(Array.from({ length: 200 }, () => ({ from: 0, to: 1, altered: true }))).flat();
    for (const { ratio, alpha } of drawn) {
      expect(Math.abs(Math.log2(ratio))).toBeGreaterThanOrEqual(2 / 12 - 1e-9);
      expect(Math.abs(alpha - 1)).toBeGreaterThanOrEqual(0.12 - 1e-9);
    }
    expect(new Set(drawn.map(({ ratio }) => ratio)).size).toBe(200);
  });

  it('is altered in another way after a pause, and when none comes', () => {
    const [low, high] = [
      { ratio: 0.8, alpha: 0.85 },
      { ratio: 1.25, alpha: 1.15 },
    ];
    const minute = drawChanges([{ from: 0, to: 60 * RATE, altered: true }]);
    expect(minute.map(({ length }) => length)).toEqual([13]);
    const said = voice(6, 130);
    // Its sixth second is soft, and silence follows.
    const twice = altered(Float32Array.from([...said, ...new Float32Array(RATE / 5), ...said]), low, high);
    const pitchAt = (second: number) => pitchOf(twice.subarray(second * RATE, (second + 0.3) * RATE)) / 130;
    expect(pitchAt(3)).toBeCloseTo(low.ratio, 1);
    expect(pitchAt(9)).toBeCloseTo(high.ratio, 1);
    const steady = voice(3, 130).subarray(RATE, 2 * RATE);
    const long = altered(
      Float32Array.from({ length: 24 * RATE }, (_, at) => steady[at % RATE]!),
      low,
      high,
    );
    const pitch = (second: number) => pitchOf(long.subarray(second * RATE, (second + 0.3) * RATE)) / 130;
    expect([pitch(6), pitch(18), pitch(22)].map((each) => Math.round(each * 20) / 20)).toEqual([0.8, 0.8, 1.25]);
  });

  it.each([1, 2])('leaves what is not to be altered as it is, with %i channel(s)', async (channels) => {
    const source = Float32Array.from({ length: 9000 * channels }, (_, at) => Math.sin(at * at));
    const kept = [
      { from: 1000, to: 4000, altered: true },
      { from: 4000, to: 5000, altered: false },
      { from: 8000, to: 12_000, altered: true },
    ];
    async function* pieces() {
      for (let at = 0; at < source.length; at += 700 * channels) yield source.subarray(at, at + 700 * channels);
    }
    const made: number[] = [];
    for await (const piece of withVoicesAltered(pieces(), kept, channels, drawChanges(kept))) made.push(...piece);
    expect(made.length).toBe(source.length);
    const differs = (from: number, to: number) =>
      made.slice(from * channels, to * channels).some((value, at) => value !== source[from * channels + at]);
    expect([differs(0, 1000), differs(1000, 4000), differs(4000, 8000), differs(8000, 9000)]).toEqual([
      ...[false, true, false, true],
    ]);
  });
});
