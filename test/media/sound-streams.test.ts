import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { decodeArgs, decodeAudioArgs } from '../../native/ffmpeg/decode-args.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { readPcm } from '../../native/sound/pcm.ts';
import { PROXY, ProxyWriter } from '../../native/proxy.ts';
import { hearRecording } from '../../native/sound/hear.ts';
import { soundSource } from '../../native/sound/sound-track.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { workFolder } from '../fixtures/product.ts';
import { concat } from '../fixtures/spoken-lesson.ts';

/**
 * Formats whose times jump or begin anywhere: every pass, over pictures or over sound, must have the same time 0 and
 * mend jumps alike. A white picture and a beep at the same moment of each second tell.
 */
const folder = workFolder();
afterAll(() => folder.remove());

const FPS = 25;
/** Seconds at which picture and sound flash. */
const FLASH = { first: 0.6, every: 1, lasts: 0.08 };

interface Written {
  /** Seconds by which the sound begins later than the picture, and ends earlier. */
  readonly late?: number;
  readonly shorter?: number;
  readonly codec: readonly string[];
}

async function make(name: string, seconds: number, { late = 0, shorter = 0, codec }: Written): Promise<string> {
  const file = join(folder.path, name);
  const { first, every, lasts } = FLASH;
  const on = (t: string) => `lt(mod(${t}-${first}\\,${every})\\,${lasts})*gte(${t}\\,${first})`;
  const picture = `color=c=black:s=160x120:r=${FPS}:d=${seconds},geq=lum='235*${on('T')}':cb=128:cr=128`;
  const sound = `aevalsrc='0.5*sin(2*PI*1000*t)*${on('t')}':s=48000:d=${seconds - shorter}`;
  const exit = await collect('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
    ...['-map', '0:v', '-map', '1:a', '-af', `atrim=start=${late}`, '-pix_fmt', 'yuv420p', ...codec, file],
  ]);
  if (exit.code !== 0) throw new Error(exit.stderr);
  return file;
}

/** Moments in seconds at which something begins: pictures that turn white, or sound that gets loud. */
function rises(levels: readonly number[], rate: number): number[] {
  const high = Math.max(...levels) / 2;
  return levels.flatMap((level, at) => (level > high && (levels[at - 1] ?? 0) <= high ? [at / rate] : []));
}

async function pictureFlashes(file: string): Promise<number[]> {
  const tools = await locateFfmpeg();
  const recording = await probe(file, tools);
  const { width, height } = recording.video;
  const out = await collect(tools.ffmpeg, decodeArgs(fileAddress(file), recording, { width, height }, false));
  expect({ code: out.code, stderr: out.stderr.toString() }).toEqual({ code: 0, stderr: '' });
  const size = (width * height * 3) / 2;
  const means = Array.from({ length: out.stdout.length / size }, (_, at) => {
    const luma = out.stdout.subarray(at * size, at * size + width * height);
    return luma.reduce((sum, each) => sum + each, 0) / luma.length - 16;
  });
  return rises(means, FPS);
}

async function soundFlashes(file: string): Promise<number[]> {
  const tools = await locateFfmpeg();
  const source = soundSource(fileAddress(file), await probe(file, tools))!;
  const parts: Float32Array[] = [];
  for await (const part of readPcm(tools, decodeAudioArgs(source, 1), 1)) parts.push(part.slice());
  return beeps(concat(parts));
}

function beeps(samples: Float32Array): number[] {
  const step = SAMPLE_RATE / 1000;
  const levels = Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    Math.sqrt(samples.subarray(at * step, (at + 1) * step).reduce((sum, each) => sum + each * each, 0) / step),
  );
  return rises(levels, 1000);
}

const TS = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-c:a', 'aac', '-b:a', '128k', '-f', 'mpegts'];
const PS = ['-c:v', 'mpeg2video', '-b:v', '2M', '-c:a', 'mp2', '-b:a', '192k', '-f', 'mpeg'];
const CASES: readonly [name: string, write: () => Promise<string>][] = [
  ['a stream from its begin', () => make('a.ts', 6, { codec: TS })],
  ['a stream whose sound begins late', () => make('b.ts', 6, { codec: TS, late: 0.48 })],
  ['a program stream whose sound begins late', () => make('c.mpg', 6, { codec: PS, late: 0.48 })],
  [
    'streams that a camera wrote one after the other',
    async () => {
      const one = readFileSync(await make('d1.ts', 4, { codec: TS, late: 0.3, shorter: 0.4 }));
      const file = join(folder.path, 'd.ts');
      writeFileSync(file, Buffer.concat([one, one, one]));
      return file;
    },
  ],
];

describe('picture and sound of', () => {
  it.each(CASES)('%s are heard where they are seen', async (_, write) => {
    const file = await write();
    const [seen, heard] = [await pictureFlashes(file), await soundFlashes(file)];
    expect(heard.length).toBeGreaterThanOrEqual(5);
    for (const at of heard) {
      const off = Math.min(...seen.map((each) => Math.abs(each - at)));
      // Half a picture is what the grid of pictures costs, and a block of AAC that nothing tells to leave out.
      expect({ at, off: off < 0.025 }).toEqual({ at, off: true });
    }
    // What is listened to, and what the screen's small copy has, is on that same timeline.
    const tools = await locateFfmpeg();
    const recording = await probe(file, tools);
    const source = soundSource(fileAddress(file), recording)!;
    const { levels } = await hearRecording(source, tools);
    const loud = rises(
      [...levels].map((level) => 10 ** (level / 20)),
      SAMPLE_RATE / 1536,
    );
    expect(Math.min(...loud.map((each) => Math.abs(each - heard[0]!)))).toBeLessThan(0.05);
    const place = `${file}.shelf`;
    mkdirSync(place);
    const writer = await ProxyWriter.start(
      ...([new PlainShelf(place), { width: 160, height: 120 }, { num: FPS, den: 1 }] as const),
      ...([source, tools, undefined] as const),
    );
    const data = new Uint8Array((160 * 120 * 3) / 2).fill(128);
    for (let frame = 0; frame < 100; frame++) await writer.add({ width: 160, height: 120, data, index: frame });
    await writer.finish();
    const copied = await soundFlashes(join(place, PROXY));
    expect(Math.min(...copied.map((each) => Math.abs(each - heard[0]!)))).toBeLessThan(0.025);
  });

  it('streams are refused by an ffmpeg that can not keep them together, and other formats are not', async () => {
    const old = { ...(await locateFfmpeg()), canReadStreams: false };
    await expect(probe(await make('e.ts', 1, { codec: TS }), old)).rejects.toMatchObject({
      error: { code: 'input-stream-unsupported' },
    });
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];
    expect((await probe(await make('e.mp4', 1, { codec }), old)).container).toBe('mov');
  });
});
