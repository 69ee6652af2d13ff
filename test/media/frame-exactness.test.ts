import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalRate, parseRate, toNumber, type FrameRate } from '../../core/media/frame-rate.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { CLIP, decodeLuma, pictureTimes, readNumber, writeNumberedClip } from '../fixtures/indexed-clip.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { writeFileSync } from 'node:fs';

const folder = workFolder();
afterAll(() => folder.remove());

const X264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-crf', '18'];
const PAL: FrameRate = { num: 25, den: 1 };

interface Case {
  readonly name: string;
  readonly rate: FrameRate;
  readonly options: readonly string[];
  readonly turned?: boolean;
  readonly frames?: number;
}

const CASES: readonly Case[] = [
  { name: 'constant 25', rate: PAL, options: X264 },
  { name: '23.976', rate: { num: 24000, den: 1001 }, options: X264 },
  { name: '29.97 drop', rate: { num: 30000, den: 1001 }, options: [...X264, '-timecode', '00:00:00;00'] },
  { name: '59.94', rate: { num: 60000, den: 1001 }, options: X264 },
  {
    name: 'one keyframe only',
    rate: PAL,
    options: [...X264, '-g', '9999', '-keyint_min', '9999', '-sc_threshold', '0'],
  },
  { name: 'many B-frames', rate: PAL, options: [...X264, '-bf', '8', '-b_strategy', '0', '-refs', '6'] },
  { name: 'rotated by 90 degrees', rate: PAL, options: X264, turned: true },
  { name: 'several segments', rate: PAL, options: X264, frames: 450 },
];

async function anonymise(input: string, output: string, extra: readonly string[] = []) {
  const ran = await runProduct(['anonymise', input, '-o', output, '--quality', 'fast', '--json', ...extra]);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
}

/** A display matrix that turns the picture by 90 degrees, as phones write it. */
async function turn(file: string): Promise<string> {
  const target = file.replace('.mp4', ' turned.mp4');
  const args = [
    '-v',
    'error',
    '-y',
    '-i',
    `file:${file}`,
    '-c',
    'copy',
    '-metadata:s:v:0',
    'rotate=270',
    `file:${target}`,
  ];
  expect((await collect('ffmpeg', args)).code).toBe(0);
  return target;
}

describe('every picture once, in its place', () => {
  it.each(CASES)('$name', async ({ name, rate, options, turned = false, frames = 120 }) => {
    const input = join(folder.path, `${name}.mp4`);
    const output = join(folder.path, `${name} clip.mp4`);
    await writeNumberedClip(input, frames, rate, options);
    await anonymise(turned ? await turn(input) : input, output);
    const [width, height] = turned ? [CLIP.height, CLIP.width] : [CLIP.width, CLIP.height];
    const numbers = (await decodeLuma(output, width, height)).map((luma) => readNumber(luma, width, turned));
    expect(numbers).toEqual(Array.from({ length: frames }, (_, index) => index));
    const times = await pictureTimes(output);
    const off = times.map((time, index) => Math.abs(time - (index * rate.den) / rate.num));
    expect(Math.max(...off)).toBeLessThan(1e-5);
  });

  it('phone-like variable rate: at each moment the picture that the recording shows then', async () => {
    const input = join(folder.path, 'variable.mp4');
    const output = join(folder.path, 'variable clip.mp4');
    // Jitter of up to 9 ms, and every 17th picture missing.
    const jitter = "select='mod(n,17)',setpts='PTS+(0.009*mod(N*7,5)/4)/TB'";
    await writeNumberedClip(input, 300, { num: 30, den: 1 }, ['-vf', jitter, '-vsync', 'vfr', ...X264]);
    await anonymise(input, output);
    const shown = (await decodeLuma(input, CLIP.width, CLIP.height)).map((luma) => readNumber(luma, CLIP.width, false));
    const start = (await pictureTimes(input)).map((time, _, all) => time - all[0]!);
    const rate = toNumber(canonicalRate(parseRate('30'), parseRate('30')));
    const clip = (await decodeLuma(output, CLIP.width, CLIP.height)).map((luma) => readNumber(luma, CLIP.width, false));
    const wanted = clip.map((_, n) => shown[start.findLastIndex((time) => Math.round(time * rate) <= n)]);
    expect(clip).toEqual(wanted);
    expect(Math.abs(clip.length - start[start.length - 1]! * rate - 1)).toBeLessThan(1.5);
  });
});

describe('cuts and zones', () => {
  it('mask exactly the frames they were drawn for, also behind a cut', async () => {
    const input = join(folder.path, 'zones.mp4');
    const output = join(folder.path, 'zones clip.mp4');
    const decisions = join(folder.path, 'decisions.json');
    await writeNumberedClip(input, 150, PAL, X264);
    const zone = { x: 40, y: 80, width: 200, height: 80, during: { from: 4, to: 5 } };
    writeFileSync(decisions, JSON.stringify({ version: 1, cuts: [{ from: 1, to: 2.6 }], zones: [zone] }));
    await anonymise(input, output, ['--decisions', decisions]);
    const frames = await decodeLuma(output, CLIP.width, CLIP.height);
    const numbers = frames.map((luma) => readNumber(luma, CLIP.width, false));
    expect(numbers).toEqual(Array.from({ length: 150 }, (_, index) => index).filter((n) => n < 25 || n >= 65));
    const hidden = frames.map((luma) => {
      const row = luma.subarray(120 * CLIP.width + 60, 120 * CLIP.width + 220);
      return Math.max(...row) - Math.min(...row) < 12;
    });
    expect(numbers.filter((_, index) => hidden[index])).toEqual(Array.from({ length: 25 }, (_, index) => 100 + index));
  });
});
