import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { samplesIn, without, type SampleRange } from '../../core/sound/sample-range.ts';
import { segmentsOf } from '../../core/sound/speech.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { checkSound } from '../../native/sound/check-sound.ts';
import { hearRecording } from '../../native/sound/hear.ts';
import { workFolder } from '../fixtures/product.ts';
import { planSpoken, soundOf, writeClip, type Heard } from '../fixtures/render-sound.ts';
import { composeSpoken, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const input = join(folder.path, 'les.mp4');
const seconds = ({ from, to }: SampleRange) => ({ from: from / SAMPLE_RATE, to: to / SAMPLE_RATE });
let lesson: Lesson;
let heard: Heard;
/** As the product makes it: the teacher is kept, the name in a sentence is bleeped, pupils are silent. */
let right: Float32Array;

beforeAll(async () => {
  lesson = await composeSpoken();
  await writeSpoken(input, lesson);
  heard = await planSpoken(input, decided());
  right = await soundOf(heard);
});

function decided() {
  const teacher = lesson.spoken.filter(({ who }) => who === 'teacher');
  const kept = teacher.map((each) => ({ ...seconds(each), altered: false }));
  return { kept, bleeps: teacher.flatMap(({ names }) => names.map(seconds)) };
}

async function judged(sound: Float32Array, of: Heard = heard) {
  const clip = join(folder.path, 'clip.mp4');
  writeClip(clip, of, sound);
  const { checks, findings } = await checkSound({ ...of, sound: of.plan.sound!, clip: fileAddress(clip) });
  const measured = new Map(checks.map((check) => [check.name, check]));
  return { failed: checks.flatMap(({ name, passed }) => (passed ? [] : [name])), findings, measured };
}

const pupils = () => lesson.spoken.filter(({ who }) => who === 'pupil');

describe('speech in a recording', () => {
  it('is found, near and far, to within a tenth of a second', async () => {
    const { source, tools } = heard;
    const segments = segmentsOf(await hearRecording(source, tools));
    const speech = segments.filter(({ kind }) => kind === 'speech');
    const missed = lesson.spoken.filter((each) => samplesIn(without([each], speech)) > 0.1 * SAMPLE_RATE);
    const extra = samplesIn(without(speech, lesson.spoken)) / SAMPLE_RATE;
    process.stdout.write(
      `speech: ${lesson.spoken.length} segments, ${missed.length} missed, ${extra.toFixed(2)} s too many\n`,
    );
    expect(missed).toEqual([]);
    expect(extra).toBeLessThan(1.5);
    for (const each of lesson.spoken) {
      const found = speech.find(({ from, to }) => from < each.to && to > each.from)!;
      expect(found.hint).toBe(each.who === 'teacher' ? 'near' : 'far');
    }
  });
});

describe('what is rendered', () => {
  it('holds nothing of the pupils, exact to the sample, and the teacher as they were', () => {
    const { kept, bleeps } = heard.plan.sound!;
    const marked = lesson.spoken.filter(({ who }) => who === 'teacher');
    const names = marked.flatMap((each) => each.names);
    // Half a sample is what rounding seconds costs.
    const off = [...without(kept, marked), ...without(without(marked, bleeps), kept), ...without(names, bleeps)];
    process.stdout.write(`kept and silenced: ${((samplesIn(off) / SAMPLE_RATE) * 1000).toFixed(2)} ms off\n`);
    expect(samplesIn(off)).toBeLessThanOrEqual(2 * marked.length);
    for (const { from, to } of pupils()) {
      const peak = right.subarray(from, to).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      expect(20 * Math.log10(peak)).toBeLessThan(-40);
    }
  });

  it('passes the check, with figures that say how far below the recording silence is', async () => {
    const { failed, findings, measured } = await judged(right);
    expect({ failed, findings }).toEqual({ failed: [], findings: [] });
    const { measured: like } = measured.get('sound-unlike')!;
    process.stdout.write(`residual speech: 0; correlation outside what is kept: ${Number(like).toFixed(5)}\n`);
    expect(Number(like)).toBeLessThan(0.01);
    expect(measured.get('sound-in-time')!.measured).toBeLessThan(0.001);
    expect(Math.abs(Number(measured.get('sound-loudness')!.measured) + 23)).toBeLessThan(0.6);
  });

  it('is altered where that was decided, passes, and is no more like what was said', async () => {
    const altered = await planSpoken(input, decided(), { mode: 'altered' });
    expect((await judged(await soundOf(altered), altered)).failed).toEqual([]);
    // The clip with the voice unaltered is refused under the same decisions.
    const { failed, findings } = await judged(right, altered);
    expect(failed).toContain('sound-right');
    expect(findings.every(({ kind }) => kind === 'wrong-sound')).toBe(true);
  });

  it('stays right behind cuts, and passes', async () => {
    const cuts = [
      { from: 1.013, to: 2.2 },
      { from: 7.5, to: 9 },
    ];
    const cut = await planSpoken(input, decided(), { cuts });
    expect((await judged(await soundOf(cut), cut)).failed).toEqual([]);
  });
});

/** The recording itself, one channel, as loud as the clip is. */
const recorded = () => lesson.samples.slice(0, right.length);

function mixedIn(into: Float32Array, what: Float32Array, { from, to }: SampleRange, gain: number): Float32Array {
  return into.map((sample, at) => (at >= from && at < to ? sample + gain * (what[at] ?? 0) : sample));
}

describe('the check does not take a clip at its word', () => {
  it('refuses the recording itself: pupils are heard, and found to speak', async () => {
    const { failed, findings } = await judged(recorded());
    expect(failed).toEqual(expect.arrayContaining(['sound-silent', 'sound-unlike']));
    for (const { from, to } of pupils()) {
      const inside = findings.filter(({ seconds: at }) => at > from / SAMPLE_RATE - 0.5 && at < to / SAMPLE_RATE);
      expect(inside.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sound-not-silent', 'speech-heard']));
    }
  });

  it.each([
    ['as loud as it was', 1],
    ['30 dB below, 10 dB under the room tone', 10 ** (-30 / 20)],
  ])('hears one pupil who was left in %s', async (_, gain) => {
    const { failed } = await judged(mixedIn(right, recorded(), pupils()[0]!, gain));
    expect(failed).toContain('sound-silent');
  });

  it('hears a tenth of a second that was left in beside what is kept', async () => {
    const [{ from, to }] = [heard.plan.sound!.kept[0]!];
    const before = { from: from - 0.1 * SAMPLE_RATE, to: from };
    const loud = Float32Array.from({ length: right.length }, (_unused, at) => lesson.samples[to - (from - at)] ?? 0);
    const { failed } = await judged(mixedIn(right, loud, before, 1));
    expect(failed).toContain('sound-silent');
  });

  it('hears a name that was not bleeped', async () => {
    const [bleep] = heard.plan.sound!.bleeps;
    const said = right.map((sample, at) => (at >= bleep!.from && at < bleep!.to ? lesson.samples[at]! : sample));
    expect((await judged(said)).failed).toContain('sound-silent');
  });

  it('notices sound that comes 20 ms late, in all of the clip or behind one join', async () => {
    const late = (from: number, by: number) =>
      right.map((sample, at) => (at < from ? sample : at - by < from ? 0 : right[at - by]!));
    expect((await judged(late(0, 0.02 * SAMPLE_RATE))).failed).toContain('sound-in-time');
    const { failed } = await judged(late(heard.plan.sound!.kept[1]!.from - 4800, 40));
    expect(failed).toContain('sound-joins');
  });

  it('notices other sound in place of what was kept, and sound that ends early', async () => {
    const other = right.map((_, at) => 0.1 * Math.sin(at * 0.05));
    expect((await judged(other)).failed).toContain('sound-right');
    expect((await judged(right.subarray(0, right.length - SAMPLE_RATE))).failed).toContain('sound-missing');
  });

  it('notices sound that is too loud', async () => {
    expect((await judged(right.map((sample) => sample * 1.5))).failed).toContain('sound-loudness');
  });
});
