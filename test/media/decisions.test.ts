import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { decodeLuma } from '../fixtures/indexed-clip.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { readabilityBetween } from '../fixtures/readable.ts';
import { HEAD_PLACE, writeTalkingHead } from '../fixtures/talking-head.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const SIZE = { width: 640, height: 360 };
const input = join(folder.path, 'les.mp4');
const FRAMES = 150;
/** The head is in the picture for these frames only. */
const SEEN = { from: 50, to: 100 };
const FACE = { x: SIZE.width * HEAD_PLACE.x + 70, y: SIZE.height * HEAD_PLACE.y + 45, w: 75, h: 95 };
/** Below the head's own mask, where shoulders would be. */
const TRUNK = { x: FACE.x, y: 300, w: FACE.w, h: 50 };

let analysis: unknown;
let original: Uint8Array[];
/** The clip as it is when nothing was decided: same colours and encoder as the others. */
let hidden: Uint8Array[];

beforeAll(async () => {
  const visible = { from: SEEN.from / 25, to: SEEN.to / 25 };
  await writeTalkingHead(input, { ...SIZE, seconds: FRAMES / 25, sound: false, visible });
  const plan = (await runProduct(['anonymise', input, '--dry-run', '--quality', 'fast', '--json'])).events.at(-1);
  expect(plan).toMatchObject({ event: 'plan', tracks: [{ id: 'T001', treatment: 'hide' }] });
  analysis = plan?.['analysis'];
  original = await decodeLuma(input, SIZE.width, SIZE.height);
  hidden = await anonymise('hide');
});

async function anonymise(treatment: string): Promise<Uint8Array[]> {
  const decisions = join(folder.path, `${treatment}.json`);
  const output = join(folder.path, `${treatment}.mp4`);
  writeFileSync(decisions, JSON.stringify({ version: 1, analysis, tracks: { T001: treatment } }));
  const options = ['--decisions', decisions, '--quality', 'fast', '--json'];
  const ran = await runProduct(['anonymise', input, '-o', output, ...options]);
  expect(ran.events.at(-1)).toMatchObject({ event: 'done', report: { passed: true } });
  return decodeLuma(output, SIZE.width, SIZE.height);
}

/** Mean difference in grey levels within a box. */
function difference(a: Uint8Array, b: Uint8Array, box: typeof TRUNK): number {
  let sum = 0;
  for (let y = box.y; y < box.y + box.h; y++)
    for (let x = box.x; x < box.x + box.w; x++)
      sum += Math.abs(a[y * SIZE.width + Math.round(x)]! - b[y * SIZE.width + Math.round(x)]!);
  return sum / (box.w * box.h);
}

describe('what was decided for one person', () => {
  it('hides the head alone by default', () => {
    expect(hidden.length).toBe(FRAMES);
    for (let frame = SEEN.from; frame < SEEN.to; frame++)
      expect(readabilityBetween(original[frame]!, hidden[frame]!, SIZE.width, SIZE.height, FACE)?.readable).toBe(false);
    // Colours of an untagged SD clip move from BT.601 to BT.709; a mask would move them far more.
    expect(difference(original[75]!, hidden[75]!, TRUNK)).toBeLessThan(10);
  });

  it('hides the body as well', async () => {
    const clip = await anonymise('hide-body');
    for (let frame = SEEN.from; frame < SEEN.to; frame++) {
      expect(readabilityBetween(original[frame]!, clip[frame]!, SIZE.width, SIZE.height, FACE)?.readable).toBe(false);
      expect(difference(hidden[frame]!, clip[frame]!, TRUNK)).toBeGreaterThan(20);
    }
    expect(difference(hidden[10]!, clip[10]!, TRUNK)).toBeLessThan(2);
  });

  it('leaves every picture out in which the person is', async () => {
    const clip = await anonymise('cut');
    const kept = [...hidden.slice(0, SEEN.from), ...hidden.slice(SEEN.to)];
    const lost = kept.length - clip.length;
    expect(lost).toBeGreaterThanOrEqual(0);
    // A track reaches a little past what was seen; everything else stays, in its order.
    expect(lost).toBeLessThan(25);
    const whole = { x: 0, y: 0, w: SIZE.width, h: SIZE.height };
    const places = clip.map((luma) => kept.findIndex((other) => difference(luma, other, whole) < 2.5));
    expect(places.every((place, index) => place >= 0 && (index === 0 || place >= places[index - 1]!))).toBe(true);
    expect(
      clip.map((luma) => readabilityBetween(original[75]!, luma, SIZE.width, SIZE.height, FACE)?.readable),
    ).not.toContain(true);
  });
});

describe('sound that is kept', () => {
  /** A second of the recording at which the picture flashes white for one frame and a tone starts. */
  const SIGNALS = [0.4, 1.2, 2.4, 3.6, 4.8, 5.6];
  const CUT = { from: 2, to: 3.2 };
  const RATE = 48_000;

  /** Seconds at which the tone begins: the first loud sample after a tenth of a second of silence. */
  async function onsets(file: string): Promise<number[]> {
    const pcm = ['-map', '0:a:0', '-ac', '1', '-ar', String(RATE), '-f', 's16le', 'pipe:1'];
    const { stdout } = await collect('ffmpeg', ['-v', 'error', '-i', file, ...pcm]);
    const found: number[] = [];
    let loud = -RATE;
    for (let at = 0; at * 2 < stdout.length; at++) {
      if (Math.abs(stdout.readInt16LE(at * 2)) < 3000) continue;
      if (at - loud > RATE / 10) found.push(at / RATE);
      loud = at;
    }
    return found;
  }

  it('stays with its picture, also behind a cut', async () => {
    const file = join(folder.path, 'signals.mp4');
    const output = join(folder.path, 'signals clip.mp4');
    const decisions = join(folder.path, 'cut.json');
    const flash = SIGNALS.map((at) => `between(n,${at * 25},${at * 25})`).join('+');
    const tone = SIGNALS.map((at) => `between(t,${at},${at + 0.1})`).join('+');
    const graph = [
      ...['-f', 'lavfi', '-i', 'color=c=gray:s=320x180:r=25:d=6,noise=alls=20'],
      ...['-f', 'lavfi', '-i', `aevalsrc='0.7*sin(2*PI*997*t)*(${tone})':s=${RATE}:d=6`],
      ...['-vf', `drawbox=c=white:t=fill:enable='${flash}'`, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ];
    expect((await collect('ffmpeg', ['-v', 'error', ...graph, file])).code).toBe(0);
    writeFileSync(decisions, JSON.stringify({ version: 1, cuts: [CUT], sound: { kept: [{ from: 0, to: 6 }] } }));
    const options = ['--quality', 'fast', '--sound', 'kept', '--decisions', decisions, '--json'];
    expect((await runProduct(['anonymise', file, '-o', output, ...options])).code).toBe(0);

    const gone = CUT.to - CUT.from;
    const wanted = SIGNALS.filter((at) => at < CUT.from || at >= CUT.to).map((at) => (at < CUT.from ? at : at - gone));
    const flashes = (await decodeLuma(output, 320, 180)).flatMap((luma, n) =>
      luma[90 * 320 + 160]! > 200 ? n / 25 : [],
    );
    const tones = await onsets(output);
    expect(flashes.map((at) => at.toFixed(2))).toEqual(wanted.map((at) => at.toFixed(2)));
    expect(tones.length).toBe(wanted.length);
    const off = tones.map((at, index) => Math.abs(at - wanted[index]!));
    // A hundredth of a second: a fifth of what a viewer notices (ITU-R BT.1359-1: 45 ms).
    expect(Math.max(...off)).toBeLessThan(0.01);
  });
});
