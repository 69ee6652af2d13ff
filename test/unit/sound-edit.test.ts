import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decisions, NO_DECISIONS } from '../../core/decision/decisions.ts';
import { withoutTracks, type Edit } from '../../core/decision/edit.ts';
import {
  addBleep,
  forgetSound,
  keepRest,
  keepSound,
  removeBleep,
  secondsOf,
  silenceSound,
  soundVerdict,
} from '../../core/decision/sound-edit.ts';
import { samplesIn, without, type SampleRange } from '../../core/sound/sample-range.ts';
import { planSound } from '../../core/sound/sound-plan.ts';
import { HEARD_SAMPLES } from '../../core/sound/speech.ts';

const RATE = { num: 25, den: 1 };
const SECONDS = 60;
const STEPS = (SECONDS * 48_000) / HEARD_SAMPLES;

/** As speech is found: on whole answers of the detector. */
const turns: fc.Arbitrary<SampleRange> = fc
  .record({ from: fc.nat(STEPS - 2), length: fc.integer({ min: 1, max: 200 }) })
  .map(({ from, length }) => ({
    from: from * HEARD_SAMPLES,
    to: Math.min(STEPS, from + length) * HEARD_SAMPLES,
  }));
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(turns, fc.boolean()).map(([range, altered]) => keepSound(secondsOf(range), altered)),
  fc.tuple(turns, fc.boolean()).map(([range, altered]) => keepRest(secondsOf(range), altered)),
  turns.map((range) => silenceSound(secondsOf(range))),
  turns.map((range) => forgetSound(secondsOf(range))),
);
const decided = fc
  .array(edits, { maxLength: 25 })
  .map((list) => list.reduce((decisions, edit) => edit(decisions), NO_DECISIONS));

const heard = (decisions: Decisions) =>
  planSound({ mode: 'kept', decisions, rate: RATE, sourceFrames: SECONDS * 25, cuts: [] }).kept;
const heardOf = (decisions: Decisions, range: SampleRange) =>
  range.to - range.from - samplesIn(without([range], heard(decisions)));
/** Rounding of seconds may cost a sample at either end of each stretch, never give one. */
const slack = (decisions: Decisions) => 2 * (decisions.sound.kept.length + decisions.mutes.length + 1);

describe('deciding what may be heard', () => {
  it('leads to decisions that a file can hold, whatever was pressed', () => {
    fc.assert(
      fc.property(decided, (decisions) => {
        expect(Decisions.parse(JSON.parse(JSON.stringify(decisions)))).toEqual(decisions);
      }),
    );
  });

  it('lets be heard what was kept last but for what was silenced within, and changes nothing elsewhere', () => {
    fc.assert(
      fc.property(decided, turns, fc.boolean(), (before, range, altered) => {
        const after = keepSound(secondsOf(range), altered)(before);
        const silent = before.mutes.map(({ from, to }) => ({ from: from * 48_000, to: to * 48_000 }));
        const whole = soundVerdict(before, range) === 'silent';
        const wanted = samplesIn(without([range], whole ? [] : silent));
        expect(Math.abs(heardOf(after, range) - wanted)).toBeLessThanOrEqual(slack(after));
        if (whole || wanted === range.to - range.from)
          expect(soundVerdict(after, range)).toBe(altered ? 'altered' : 'kept');
        const inside = heard(after).filter(({ from, to }) => to > range.from + 2 && from < range.to - 2);
        expect(inside.every((each) => each.altered === altered)).toBe(true);
        const outside = without([{ from: 0, to: SECONDS * 48_000 }], [range]);
        const [was, is] = [before, after].map((each) => samplesIn(without(outside, heard(each))));
        expect(Math.abs(was! - is!)).toBeLessThanOrEqual(slack(before) + slack(after));
      }),
    );
  });

  it('hears no sample of what was silenced, whatever is kept around it afterwards', () => {
    fc.assert(
      fc.property(decided, turns, turns, fc.boolean(), (before, range, around, altered) => {
        const silent = silenceSound(secondsOf(range))(before);
        expect(heardOf(silent, range)).toBe(0);
        expect(soundVerdict(silent, range)).toBe('silent');
        expect(heardOf(keepRest(secondsOf(around), altered)(silent), range)).toBe(0);
        // A turn that was silent as a whole is the one thing that a press of the other key takes back.
        if (soundVerdict(silent, around) !== 'silent')
          expect(heardOf(keepSound(secondsOf(around), altered)(silent), range)).toBe(0);
      }),
    );
  });

  it('keeps silent what was drawn within a turn that is kept afterwards', () => {
    const drawn = silenceSound({ from: 13, to: 14 })(NO_DECISIONS);
    expect(keepSound({ from: 10, to: 20 })(drawn).mutes).toEqual([{ from: 13, to: 14 }]);
    const whole = silenceSound({ from: 10, to: 20 })(NO_DECISIONS);
    expect(keepSound({ from: 10, to: 20 })(whole).mutes).toEqual([]);
  });

  it('is silent again where it was forgotten, because nobody decided', () => {
    fc.assert(
      fc.property(decided, turns, (before, range) => {
        const after = forgetSound(secondsOf(range))(before);
        expect(heardOf(after, range)).toBe(0);
        expect(soundVerdict(after, range)).toBe('open');
      }),
    );
  });

  it('says of half a stretch that it is half decided', () => {
    const range = { from: 0, to: 96_000 };
    expect(soundVerdict(keepSound({ from: 0, to: 1 })(NO_DECISIONS), range)).toBe('partly');
    // Where none of it is heard, the rest is still to be decided on; what marks leave at its ends is not.
    expect(soundVerdict(silenceSound({ from: 1, to: 2 })(NO_DECISIONS), range)).toBe('open');
    expect(soundVerdict(silenceSound({ from: 0.1, to: 1.95 })(NO_DECISIONS), range)).toBe('silent');
    expect(soundVerdict(NO_DECISIONS, { from: 0, to: 4800 })).toBe('open');
  });

  it('puts bleeps over names, and takes them away', () => {
    const kept = keepSound({ from: 0, to: 10 })(NO_DECISIONS);
    const once = addBleep({ from: 4, to: 4.5 })(kept);
    expect(planSound({ mode: 'kept', decisions: once, rate: RATE, sourceFrames: 250, cuts: [] }).bleeps).toEqual([
      { from: 3.92 * 48_000, to: 4.58 * 48_000 },
    ]);
    expect(removeBleep(0)(addBleep({ from: 4.2, to: 5 })(once))).toEqual(kept);
  });

  it('outlives a new analysis, as the recording is the same', () => {
    fc.assert(
      fc.property(decided, (decisions) => {
        const after = withoutTracks({ ...decisions, analysis: 'x', tracks: { T001: 'keep' } });
        expect(after).toEqual({ ...NO_DECISIONS, sound: decisions.sound, mutes: decisions.mutes });
      }),
    );
  });
});
