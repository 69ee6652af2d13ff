import { describe, expect, it } from 'vitest';
import { gainFor, LoudnessMeter, MAX_PEAK_DB } from '../../native/sound/loudness.ts';

const RATE = 48_000;

/** A stereo sine of 1 kHz, as the conformance signals of EBU Tech 3341 are. @param parts seconds and dBFS (peak) */
function measured(...parts: readonly (readonly [seconds: number, level: number])[]): LoudnessMeter {
  const meter = new LoudnessMeter(2);
  for (const [seconds, level] of parts) {
    const samples = new Float32Array(seconds * RATE * 2);
    for (let at = 0; at < samples.length; at++)
      samples[at] = 10 ** (level / 20) * Math.sin((2 * Math.PI * 1000 * Math.floor(at / 2)) / RATE);
    meter.push(samples);
  }
  return meter;
}

describe('loudness', () => {
  // EBU Tech 3341, table 1, cases 1 to 5: within 0.1 LU.
  it.each([
    ['1', -23, [[20, -23]]],
    ['2', -33, [[20, -33]]],
    [
      '3',
      -23,
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
    ],
    [
      '4',
      -23,
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
    ],
    [
      '5',
      -23,
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
    ],
  ] as const)('is that of conformance signal %s', (_, wanted, parts) => {
    expect(Math.abs(measured(...parts).integrated()! - wanted)).toBeLessThan(0.1);
  });

  it('of what is quieter than the absolute gate is nothing', () => {
    expect(measured([3, -80]).integrated()).toBeUndefined();
    expect(gainFor(measured([3, -80]))).toBe(1);
  });

  it('is brought to the target by one gain, as far as the peaks allow', () => {
    expect(20 * Math.log10(gainFor(measured([5, -40])))).toBeCloseTo(17, 1);
    const clicks = measured([5, -40]);
    clicks.push(new Float32Array([0.5, 0.5]));
    expect(20 * Math.log10(gainFor(clicks) * 0.5)).toBeCloseTo(MAX_PEAK_DB, 5);
  });
});
