import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { samplesIn, without, type SampleRange } from '../../core/sound/sample-range.ts';
import { BLEEP_ROLL } from '../../core/sound/sound-plan.ts';
import { decodeAudioArgs } from '../../native/ffmpeg/decode-args.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { readPcm } from '../../native/sound/pcm.ts';
import { SPEECH_RATE, SpeechDetector, WINDOW } from '../../native/sound/speech-detector.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { concat, composeSpoken, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';

/** Measured on the decoded sound of finished clips, against what was composed; nothing of the product judges here. */
const folder = workFolder();
afterAll(() => folder.remove());

const MS = SAMPLE_RATE / 1000;
const seconds = ({ from, to }: SampleRange) => ({ from: from / SAMPLE_RATE, to: to / SAMPLE_RATE });
let lesson: Lesson;
let marked: SampleRange[];
let names: SampleRange[];
let clip: Float32Array;

async function decoded(path: string, rate = SAMPLE_RATE): Promise<Float32Array> {
  const args = decodeAudioArgs({ address: fileAddress(path), streamIndex: 1 }, 1, rate);
  const parts: Float32Array[] = [];
  for await (const part of readPcm(await locateFfmpeg(), args, 1)) parts.push(part);
  return concat(parts);
}

const energy = (samples: Float32Array, from: number, count: number) =>
  samples.subarray(Math.max(0, from), from + count).reduce((sum, each) => sum + each * each, 0);

/** Where in a sentence somebody speaks loudly for 60 ms: there the begin and end of what is kept can be measured. */
function loudPlace({ from, to }: SampleRange, after: number): number {
  const wanted = energy(lesson.samples, from, to - from) / (to - from);
  for (let at = from + after; at < to - 60 * MS; at += MS) {
    const steady = Array.from({ length: 30 }, (_, part) => energy(lesson.samples, at + part * 2 * MS, 2 * MS));
    if (steady.every((each) => each > 0.3 * wanted * 2 * MS)) return at + 30 * MS;
  }
  throw new Error('nobody speaks up');
}

beforeAll(async () => {
  lesson = await composeSpoken();
  const teacher = lesson.spoken.filter(({ who }) => who === 'teacher');
  // From within a vowel to within a vowel.
  marked = teacher.map((each) => ({ from: loudPlace(each, 0), to: loudPlace(each, 0.6 * (each.to - each.from)) }));
  names = teacher.flatMap((each) => each.names);
  const input = join(folder.path, 'les.mp4');
  const made = join(folder.path, 'clip.mp4');
  const decisions = join(folder.path, 'beslissingen.json');
  await writeSpoken(input, lesson);
  const sound = { kept: marked.map((each) => ({ ...seconds(each), altered: false })), bleeps: names.map(seconds) };
  writeFileSync(decisions, JSON.stringify({ version: 1, sound }));
  const options = ['--sound', 'kept', '--decisions', decisions, '--quality', 'fast', '--json'];
  const { code, stderr } = await runProduct(['anonymise', input, '-o', made, ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  clip = await decoded(made);
});

/** The one gain of the clip, by least squares over what is surely kept. */
function gainOf(): number {
  let [xy, xx] = [0, 0];
  for (const { from, to } of without(marked, around(names, 100)))
    for (let at = from + 10 * MS; at < to - 10 * MS; at++) {
      xy += clip[at]! * lesson.samples[at]!;
      xx += lesson.samples[at]! ** 2;
    }
  return xy / xx;
}
const around = (ranges: readonly SampleRange[], ms: number) =>
  ranges.map(({ from, to }) => ({ from: from - ms * MS, to: to + ms * MS }));

/** How much of the energy in two milliseconds from here is a tone of 1 kHz, 0 to 1. */
function purity(at: number): number {
  let [s, c] = [0, 0];
  for (let sample = at; sample < at + 2 * MS; sample++) {
    s += clip[sample]! * Math.sin((2 * Math.PI * sample) / MS);
    c += clip[sample]! * Math.cos((2 * Math.PI * sample) / MS);
  }
  return (s * s + c * c) / (MS * energy(clip, at, 2 * MS));
}

/** Middle of the first of windows of two milliseconds, a quarter apart, in which it is so; in samples. */
function first(from: number, to: number, isSo: (at: number) => boolean): number {
  const step = Math.sign(to - from) * 0.5 * MS;
  for (let at = from; step > 0 ? at < to : at > to; at += step) if (isSo(Math.round(at))) return at + MS;
  return NaN;
}

describe('the decoded clip', () => {
  it('holds what was kept from and to where that was marked, and as it was', () => {
    const gain = gainOf();
    const there = (at: number) => energy(clip, at, 2 * MS) > 0.25 * gain ** 2 * energy(lesson.samples, at, 2 * MS);
    const off = marked.flatMap(({ from, to }) => [
      (first(from - 25 * MS, from + 25 * MS, there) - from) / MS,
      (to - first(to + 25 * MS, to - 25 * MS, there)) / MS,
    ]);
    process.stdout.write(`kept, begin and end: ${off.map((each) => each.toFixed(1)).join(', ')} ms inwards\n`);
    // It fades over 5 ms within what was marked, and coding blurs a little.
    for (const each of off) expect(Math.abs(each)).toBeLessThan(6);
    let [error, signal] = [0, 0];
    for (const { from, to } of without(marked, around(names, 100)))
      for (let at = from + 10 * MS; at < to - 10 * MS; at++) {
        error += (clip[at]! - gain * lesson.samples[at]!) ** 2;
        signal += (gain * lesson.samples[at]!) ** 2;
      }
    const ratio = 10 * Math.log10(signal / error);
    process.stdout.write(`kept: ${ratio.toFixed(1)} dB above what coding changed\n`);
    expect(ratio).toBeGreaterThan(15);
  });

  it('bleeps a name from before its begin until after its end', () => {
    expect(names.length).toBeGreaterThan(0);
    for (const { from, to } of names) {
      const other = (at: number) => purity(at) < 0.8;
      const begin = (first(from, from - 200 * MS, other) - (from - BLEEP_ROLL * SAMPLE_RATE)) / MS;
      const end = (first(to, to + 200 * MS, other) - (to + BLEEP_ROLL * SAMPLE_RATE)) / MS;
      process.stdout.write(`bleep: begins ${begin.toFixed(1)} ms off, ends ${end.toFixed(1)} ms off\n`);
      expect(Math.abs(begin)).toBeLessThan(20);
      expect(Math.abs(end)).toBeLessThan(20);
      // All through the name there is the tone, and nothing but it.
      for (let at = from; at < to - 2 * MS; at += 2 * MS) expect(purity(at)).toBeGreaterThan(0.9);
    }
  });

  it('speaks nowhere but where that was kept, also turned up thirty times', async () => {
    const low = await decoded(join(folder.path, 'clip.mp4'), SPEECH_RATE);
    const heard = around([...marked, ...names], BLEEP_ROLL * 1000 + 50);
    const silent = without([{ from: 0, to: clip.length }], heard);
    expect(samplesIn(silent)).toBeGreaterThan(3 * SAMPLE_RATE);
    for (const { from, to } of lesson.spoken.filter(({ who }) => who === 'pupil'))
      expect(samplesIn(without([{ from, to }], silent))).toBe(0);
    const spoken: number[] = [];
    for (const gain of [1, 30]) {
      const detector = await SpeechDetector.open();
      try {
        // What is kept is taken out, not turned up: whoever listens for a pupil would do so too.
        const turned = low.map((sample, at) =>
          silent.some(({ from, to }) => at * 3 >= from && at * 3 < to) ? Math.max(-1, Math.min(1, gain * sample)) : 0,
        );
        let count = 0;
        for await (const { speech } of detector.listen(turned)) if (speech >= 0.5) count++;
        spoken.push((count * WINDOW) / SPEECH_RATE);
      } finally {
        await detector.close();
      }
    }
    process.stdout.write(
      `speech where it is silent: ${spoken.map((each) => each.toFixed(2)).join(' s, turned up ')} s\n`,
    );
    expect(spoken).toEqual([0, 0]);
  });
});
