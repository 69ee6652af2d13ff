import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { decodeAudioArgs } from '../../native/ffmpeg/decode-args.ts';
import { locateFfmpeg, type Ffmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { PROXY, ProxyWriter } from '../../native/proxy.ts';
import { LagMeter } from '../../native/sound/lag.ts';
import { readPcm } from '../../native/sound/pcm.ts';
import { soundSource } from '../../native/sound/sound-track.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { workFolder } from '../fixtures/product.ts';
import { composeSpoken, concat, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const SIZE = { width: 160, height: 120 };
const RATE = { num: 25, den: 1 };
let tools: Ffmpeg;
let lesson: Lesson;

beforeAll(async () => {
  tools = await locateFfmpeg();
  lesson = await composeSpoken();
});

async function soundOf(file: string): Promise<Float32Array> {
  const { audio } = await probe(file, tools);
  const parts: Float32Array[] = [];
  const args = decodeAudioArgs({ address: fileAddress(file), streamIndex: audio!.streamIndex }, 1);
  for await (const part of readPcm(tools, args, 1)) parts.push(part.slice());
  return concat(parts);
}

/** The small copy of a recording, of which only the sound is looked at. @param frames that the copy has */
async function copyOf(name: string, frames: number): Promise<string> {
  const file = join(folder.path, name);
  const recording = await probe(file, tools);
  const place = `${file}.shelf`;
  mkdirSync(place);
  const sound = soundSource(fileAddress(file), recording);
  const writer = await ProxyWriter.start(new PlainShelf(place), SIZE, RATE, sound, tools, undefined);
  const data = new Uint8Array((SIZE.width * SIZE.height * 3) / 2).fill(128);
  for (let frame = 0; frame < frames; frame++) await writer.add({ ...SIZE, data, index: frame });
  await writer.finish();
  return join(place, PROXY);
}

/** Most that one comes later than the other, in samples. */
function lag(copy: Float32Array, recording: Float32Array, spoken = lesson.spoken): number {
  const stretches = spoken.map(({ from, to }) => ({ from, to, kind: 'kept' as const }));
  const meter = new LagMeter(stretches, recording.length, 1);
  meter.push(copy.subarray(0, recording.length), recording);
  const lags = meter.lags();
  expect(lags.length).toBeGreaterThan(Math.min(2, spoken.length - 1));
  return lags.reduce((most, { samples }) => Math.max(most, Math.abs(samples)), 0);
}

describe('the copy to look at', () => {
  it.each([
    ['as long', 0],
    ['longer', 2],
    ['shorter', -3],
  ])('is heard where it is seen, when the picture is %s than or as the sound', async (name, more) => {
    const seconds = Math.round(lesson.samples.length / SAMPLE_RATE + more);
    await writeSpoken(join(folder.path, `${name}.mp4`), lesson, ['-c:a', 'aac', '-b:a', '160k'], seconds);
    const copy = await copyOf(`${name}.mp4`, seconds * 25);
    const { video, durationSeconds } = await probe(copy, tools);
    expect(video.estimatedFrames).toBe(seconds * 25);
    // It ends with its picture: whoever plays it is not left before a picture that stands still.
    expect(Math.abs(durationSeconds - seconds)).toBeLessThan(0.1);
    const heard = await soundOf(copy);
    const recording = lesson.samples.subarray(0, Math.min(lesson.samples.length, heard.length));
    expect(lag(heard, recording)).toBeLessThan(SAMPLE_RATE / 100);
  });

  it('is made of a recording whose sound is damaged, and goes on where it should', async () => {
    const file = join(folder.path, 'damaged.mp4');
    await writeSpoken(file, lesson);
    const bytes = readFileSync(file);
    const { size } = statSync(file);
    for (let at = Math.round(size / 4); at < size / 2; at += 3000) bytes.fill(0x5a, at, at + 400);
    writeFileSync(file, bytes);
    const frames = Math.floor((lesson.samples.length / SAMPLE_RATE) * 25);
    const copy = await copyOf('damaged.mp4', frames);
    expect((await probe(copy, tools)).video.estimatedFrames).toBe(frames);
    const last = lesson.spoken.at(-1)!;
    expect(lag(await soundOf(copy), lesson.samples, [last])).toBeLessThan(SAMPLE_RATE / 100);
  });

  it('has both channels, so that what cancels in a mix can be heard, and raises what is soft', async () => {
    const soft = lesson.samples.map((sample) => sample / 30);
    const file = join(folder.path, 'opposite.mp4');
    await writeSpoken(file, { samples: soft }, ['-af', 'pan=stereo|c0=c0|c1=-1*c0', '-c:a', 'aac', '-b:a', '160k']);
    const copy = await copyOf('opposite.mp4', 300);
    expect((await probe(copy, tools)).audio?.channels).toBe(2);
    const { audio } = await probe(copy, tools);
    const parts: Float32Array[] = [];
    for await (const part of readPcm(
      tools,
      decodeAudioArgs({ address: fileAddress(copy), streamIndex: audio!.streamIndex }, 2),
      2,
    ))
      parts.push(part.slice());
    const level = (samples: Float32Array) =>
      20 * Math.log10(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
    expect(level(concat(parts)) - level(soft)).toBeGreaterThan(15);
  });
});
