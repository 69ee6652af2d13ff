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
import { composeSpoken, TURNS, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';

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

const delayed = (sound: Float32Array, by: number) => {
  const samples = Math.round(by * SAMPLE_RATE);
  return sound.map((_, at) => (at < samples ? 0 : sound[at - samples]!));
};
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

describe('speech of several who hardly wait for each other', () => {
  it.each([0.05, 0.15, 0.25, 0.4])('%f s, falls apart where somebody far away takes over', async (pause) => {
    const quick = await composeSpoken(TURNS, pause);
    const file = join(folder.path, `vlot-${pause}.mp4`);
    await writeSpoken(file, quick);
    const { source, tools } = await planSpoken(file, { kept: [] });
    const speech = segmentsOf(await hearRecording(source, tools)).filter(({ kind }) => kind === 'speech');
    for (const each of quick.spoken) {
      expect(samplesIn(without([each], speech))).toBeLessThan(0.1 * SAMPLE_RATE);
      const others = speech.filter(({ hint }) => hint !== (each.who === 'teacher' ? 'near' : 'far'));
      const taken = samplesIn([each]) - samplesIn(without([each], others));
      // One key keeps what is near: of a pupil nothing is in it, of the teacher a syllable may be missing.
      expect(taken).toBeLessThan((each.who === 'pupil' ? 0.05 : 0.25) * SAMPLE_RATE);
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
    const { measured: like, wanted } = measured.get('sound-unlike')!;
    const chance = Number(wanted) / 8;
    const figures = [Number(like), chance].map((each) => each.toFixed(4)).join(', and unrelated noise to ');
    process.stdout.write(`outside what is kept the largest correlation at any lag comes to ${figures} a lag\n`);
    // The largest of 1601 lags of unrelated noise: 5 is seen once in a thousand times.
    expect(Number(like)).toBeLessThan(5 * chance);
    expect(measured.get('sound-in-time')!.measured).toBeLessThan(0.001);
    expect(Math.abs(Number(measured.get('sound-loudness')!.measured) + 23)).toBeLessThan(0.6);
  });

  it('is altered where that was decided, passes, and is no more like what was said', async () => {
    const altered = await planSpoken(input, decided(), { mode: 'altered' });
    const made = await soundOf(altered);
    const { failed, measured } = await judged(made, altered);
    expect(failed).toEqual([]);
    process.stdout.write(`altered voices come ${Number(measured.get('sound-in-time')!.measured) * 1000} ms late\n`);
    // Late all the same, it is out of step with the picture.
    expect((await judged(delayed(made, 0.02), altered)).failed).toContain('sound-in-time');
  });

  it.each([0, 0.002, 0.03])('is refused with the voice itself where it had to be altered, %f s late', async (late) => {
    const altered = await planSpoken(input, decided(), { mode: 'altered' });
    const { failed, findings } = await judged(delayed(right, late), altered);
    expect(failed).toContain('sound-right');
    expect(findings.some(({ kind }) => kind === 'wrong-sound')).toBe(true);
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

  it('hears a pupil 36 dB below, 16 dB under the room tone, however the sound was delayed', async () => {
    const pupil = pupils()[0]!;
    for (const late of [0, 10, 240, 1200]) {
      const leak = delayed(recorded(), late / SAMPLE_RATE);
      const { failed } = await judged(mixedIn(right, leak, pupil, 10 ** (-36 / 20)));
      expect({ late, failed }).toMatchObject({ failed: expect.arrayContaining(['sound-silent']) });
    }
  });

  it('hears a tenth of a second that was left in beside what is kept', async () => {
    const [{ from, to }] = [heard.plan.sound!.kept[0]!];
    const before = { from: from - 0.1 * SAMPLE_RATE, to: from };
    const loud = Float32Array.from({ length: right.length }, (_unused, at) => lesson.samples[to - (from - at)] ?? 0);
    const { failed } = await judged(mixedIn(right, loud, before, 1));
    expect(failed).toContain('sound-silent');
  });

  it.each([5, 10, 20, 40])('hears %i ms that goes on too long, or begins too early', async (ms) => {
    // From within a word to within a word, where there is something to hear beside it.
    const [first] = lesson.spoken;
    const kept = [0.5, 1.3, 2.1].map((at) => ({
      from: first!.from / SAMPLE_RATE + at,
      to: first!.from / SAMPLE_RATE + at + 0.4,
    }));
    const words = await planSpoken(input, { kept });
    const sound = await soundOf(words);
    const ranges = words.plan.sound!.kept;
    expect((await judged(sound, words)).failed).toEqual([]);
    const [{ from, to }] = [ranges[0]!];
    const middle = Math.round((from + to) / 2);
    const gain = sound[middle]! / lesson.samples[middle]!;
    const count = (ms * SAMPLE_RATE) / 1000;
    const places = ranges.map((each) => ({ from: each.to, to: each.to + count }));
    const early = ranges.map((each) => ({ from: each.from - count, to: each.from }));
    for (const leaks of [places, early]) {
      const isIn = (at: number) => leaks.some((leak) => at >= leak.from && at < leak.to);
      const leaking = sound.map((sample, at) => (isIn(at) ? gain * lesson.samples[at]! : sample));
      expect((await judged(leaking, words)).failed).toContain('sound-silent');
    }
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
