import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decisions } from '../../core/decision/decisions.ts';
import { sampleOfFrame, SAMPLE_RATE, STANDARD_RATES, type FrameRate } from '../../core/media/frame-rate.ts';
import { buildPlan, keptRanges } from '../../core/plan/plan.ts';
import { clipWindows, inClip } from '../../core/sound/clip-window.ts';
import { samplesIn, union, without, type SampleRange } from '../../core/sound/sample-range.ts';
import { BLEEP_ROLL, type SoundMode } from '../../core/sound/sound-plan.ts';

const SECONDS = 20;
const rates = fc.constantFrom(...STANDARD_RATES);
const range = fc
  .tuple(fc.double({ min: 0, max: SECONDS + 2, noNaN: true }), fc.double({ min: 0.001, max: 5, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length }));
const ranges = fc.array(range, { maxLength: 6 });
const keptRange = fc.tuple(range, fc.boolean()).map(([each, altered]) => ({ ...each, altered }));
const decided = fc
  .record({ cuts: ranges, mutes: ranges, bleeps: ranges, kept: fc.array(keptRange, { maxLength: 6 }) })
  .map(({ cuts, mutes, ...sound }) => Decisions.parse({ version: 1, cuts, mutes, sound }));

function planOf(decisions: Decisions, rate: FrameRate, sound: SoundMode) {
  const sourceFrames = Math.round((SECONDS * rate.num) / rate.den);
  const result = buildPlan({
    ...{ width: 640, height: 360, rate, sourceFrames, analysedFrames: sourceFrames },
    ...{ analysisId: '', tracks: [], sceneCuts: [], decisions, style: 'fill', sound },
  });
  return result.ok ? result.plan : undefined;
}

const has = (list: readonly SampleRange[], sample: number) =>
  list.some(({ from, to }) => sample >= from && sample < to);
/** Seconds that a sample stands for, at its middle. */
const within = (list: readonly { from: number; to: number }[], sample: number, roll = 0) =>
  list.some(({ from, to }) => sample / SAMPLE_RATE > from - roll && sample / SAMPLE_RATE < to + roll);
/** Sample by sample it would be a million: all that matters happens around borders. */
const near = (list: readonly SampleRange[]) => list.flatMap(({ from, to }) => [from - 1, from, to - 1, to]);

describe('what is heard', () => {
  it('is nothing without a decision', () => {
    fc.assert(
      fc.property(
        rates,
        ranges,
        ranges,
        fc.constantFrom('kept' as const, 'altered' as const),
        (rate, cuts, mutes, mode) => {
          const plan = planOf(Decisions.parse({ version: 1, cuts, mutes }), rate, mode);
          if (plan) expect(plan.sound).toEqual({ kept: [], bleeps: [] });
        },
      ),
    );
  });

  it('is only what was marked: cut wins over bleep, bleep and silence over kept', () => {
    const modes = fc.constantFrom('kept' as const, 'altered' as const);
    fc.assert(
      fc.property(
        rates,
        decided,
        modes,
        fc.array(fc.nat(SECONDS * SAMPLE_RATE), { maxLength: 40 }),
        (rate, decisions, mode, more) => {
          const plan = planOf(decisions, rate, mode);
          if (!plan?.sound) return;
          const { kept, bleeps } = plan.sound;
          const gone = plan.cuts.map(({ from, to }) => ({
            from: sampleOfFrame(from, rate),
            to: sampleOfFrame(to, rate),
          }));
          for (const sample of [...more, ...near(kept), ...near(bleeps), ...near(gone)]) {
            const heard = kept.find((each) => has([each], sample));
            if (heard) {
              expect(within(decisions.sound.kept, sample, 1e-6)).toBe(true);
              expect(has(gone, sample) || has(bleeps, sample)).toBe(false);
              expect(within(decisions.mutes, sample, -1e-6)).toBe(false);
              expect(within(decisions.sound.bleeps, sample, BLEEP_ROLL - 1e-6)).toBe(false);
              const altered = within(
                decisions.sound.kept.filter((each) => each.altered),
                sample,
                -1e-6,
              );
              if (mode === 'altered' || altered) expect(heard.altered).toBe(true);
            }
            if (has(bleeps, sample)) expect(has(gone, sample)).toBe(false);
            const inside = sample >= 0 && sample < sampleOfFrame(plan.sourceFrames, rate) && !has(gone, sample);
            if (inside && within(decisions.sound.bleeps, sample)) expect(has(bleeps, sample)).toBe(true);
          }
        },
      ),
    );
  });

  it('is all that was marked, where nothing speaks against it', () => {
    fc.assert(
      fc.property(rates, fc.array(keptRange, { minLength: 1, maxLength: 6 }), (rate, kept) => {
        const plan = planOf(Decisions.parse({ version: 1, sound: { kept } }), rate, 'kept')!;
        const all = { from: 0, to: plan.sourceFrames };
        const wanted = kept.map(({ from, to }) => ({
          from: Math.max(0, Math.ceil(from * SAMPLE_RATE - 1e-6)),
          to: Math.min(Math.floor(to * SAMPLE_RATE + 1e-6), sampleOfFrame(all.to, rate)),
        }));
        expect(union(plan.sound!.kept)).toEqual(union(wanted));
      }),
    );
  });

  it('comes in order, and never twice', () => {
    fc.assert(
      fc.property(rates, decided, (rate, decisions) => {
        for (const list of Object.values(planOf(decisions, rate, 'kept')?.sound ?? {}))
          for (const [index, { from, to }] of list.entries()) {
            expect(to).toBeGreaterThan(from);
            if (index > 0) expect(from).toBeGreaterThanOrEqual(list[index - 1]!.to);
          }
      }),
    );
  });
});

describe('where it stands in the clip', () => {
  it('is where its picture stands, to half a sample, behind however many cuts', () => {
    fc.assert(
      fc.property(rates, fc.array(range, { maxLength: 30 }), (rate, cuts) => {
        const plan = planOf(Decisions.parse({ version: 1, cuts }), rate, 'kept');
        if (!plan) return;
        const kept = keptRanges(plan);
        let frame = 0;
        for (const [index, { from, at, length }] of clipWindows(kept, rate).entries()) {
          expect(at).toBe(sampleOfFrame(frame, rate));
          expect(from).toBe(sampleOfFrame(kept[index]!.from, rate));
          frame += kept[index]!.to - kept[index]!.from;
          expect(at + length).toBe(sampleOfFrame(frame, rate));
        }
      }),
    );
  });

  it('loses nothing but what is cut and at most a sample a cut', () => {
    fc.assert(
      fc.property(rates, decided, (rate, decisions) => {
        const plan = planOf(decisions, rate, 'kept');
        if (!plan?.sound) return;
        const windows = clipWindows(keptRanges(plan), rate);
        const lost = samplesIn(plan.sound.kept) - samplesIn(inClip(plan.sound.kept, windows));
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(windows.length);
      }),
    );
  });
});

describe('ranges', () => {
  const some = fc.array(
    fc.tuple(fc.nat(60), fc.nat(12)).map(([from, length]) => ({ from, to: from + length })),
    { maxLength: 8 },
  );

  it('are what they say, number by number', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [all, left] = [union(a), without(a, b)];
        for (let n = 0; n < 75; n++) {
          expect(has(all, n)).toBe(has(a, n));
          expect(has(left, n)).toBe(has(a, n) && !has(b, n));
        }
        for (const list of [all, left])
          for (const [index, { from, to }] of list.entries())
            expect(to > from && (index === 0 || from > list[index - 1]!.to)).toBe(true);
      }),
    );
  });
});
