import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalRate,
  formatRate,
  frameAtSeconds,
  parseRate,
  sampleOfFrame,
  secondsOfFrame,
  STANDARD_RATES,
} from '../../core/media/frame-rate.ts';

const rates = fc.constantFrom(...STANDARD_RATES);
const frames = fc.integer({ min: 0, max: 2_000_000 });

describe('frame rate', () => {
  it('finds every frame again by its own start time', () => {
    fc.assert(fc.property(frames, rates, (n, rate) => frameAtSeconds(secondsOfFrame(n, rate), rate) === n));
  });

  it('never lets sound and picture drift: sample positions are within half a sample of exact', () => {
    fc.assert(
      fc.property(frames, rates, (n, rate) => {
        const exact = (BigInt(n) * BigInt(rate.den) * 48000n * 2n) / BigInt(rate.num);
        return Math.abs(sampleOfFrame(n, rate) * 2 - Number(exact)) <= 2;
      }),
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(rates, (rate) => {
        expect(parseRate(formatRate(rate))).toEqual(rate);
      }),
    );
  });

  it.each([
    ['0/0', undefined],
    ['-25/1', undefined],
    ['abc', undefined],
    [undefined, undefined],
    ['25', { num: 25, den: 1 }],
  ])('parses %s', (text, wanted) => {
    expect(parseRate(text)).toEqual(wanted);
  });

  it.each([
    ['phone with a 90 kHz grid', '90000/1', '642500/24941', '25'],
    ['phone with a doubled grid', '60/1', '642500/21416', '30'],
    ['PAL camera', '25/1', '25/1', '25'],
    ['NTSC', '30000/1001', '30000/1001', '30000/1001'],
    ['film', '24000/1001', '24000/1001', '24000/1001'],
    ['slow motion', '240/1', '240/1', '60'],
    ['nothing known', '0/0', '0/0', '25'],
  ])('chooses a timeline for %s', (_, base, average, wanted) => {
    expect(formatRate(canonicalRate(parseRate(base), parseRate(average)))).toBe(wanted);
  });
});
