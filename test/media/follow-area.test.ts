import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iou, type Box } from '../../core/geometry/box.ts';
import { boxAt } from '../../core/track/track.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { encodeProxyArgs } from '../../native/ffmpeg/encode-args.ts';
import { locateFfmpeg, type Ffmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { run, write } from '../../native/ffmpeg/run.ts';
import { followBothWays, type FollowRequest } from '../../native/follow-area.ts';

const SIZE = { width: 640, height: 360 };
const RATE = { num: 25, den: 1 };
const FRAMES = 200;
const SIDE = 70;
/** At this frame the second shot begins; the thing is gone from it. */
const CUT = 160;

/** A patch of its own texture that goes to the right and comes back, and a bit up and down. */
function placeAt(frame: number): Box {
  const x = 60 + 3 * (frame < 100 ? frame : 200 - frame);
  return { x, y: 120 + Math.round(20 * Math.sin(frame / 12)), w: SIDE, h: SIDE };
}

/** Blotches of about `cell` pixels, the same each time, that repeat nowhere. */
function grain(x: number, y: number, cell: number, seed: number): number {
  const value = (column: number, row: number) => {
    const wild = Math.sin(column * 127.1 + row * 311.7 + seed * 74.7) * 43758.5453;
    return wild - Math.floor(wild);
  };
  const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
  const [a, b] = [x / cell - column, y / cell - row];
  const top = value(column, row) * (1 - a) + value(column + 1, row) * a;
  const bottom = value(column, row + 1) * (1 - a) + value(column + 1, row + 1) * a;
  return 40 + 180 * (top * (1 - b) + bottom * b);
}

function picture(frame: number): Uint8Array {
  const data = new Uint8Array((SIZE.width * SIZE.height * 3) / 2).fill(128);
  const thing = placeAt(frame);
  for (let y = 0; y < SIZE.height; y++)
    for (let x = 0; x < SIZE.width; x++) {
      const inside = frame < CUT && x >= thing.x && x < thing.x + SIDE && y >= thing.y && y < thing.y + SIDE;
      data[y * SIZE.width + x] = inside ? grain(x - thing.x, y - thing.y, 16, 2) : grain(x, y, 30, frame < CUT ? 0 : 9);
    }
  return data;
}

describe('an area that is followed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-follow-'));
  const file = join(folder, 'small.mp4');
  let request: FollowRequest;
  let tools: Ffmpeg;

  beforeAll(async () => {
    tools = await locateFfmpeg();
    const running = run(tools.ffmpeg, encodeProxyArgs(SIZE, RATE, undefined));
    const kept = pipeline(running.stdout, createWriteStream(file));
    for (let frame = 0; frame < FRAMES; frame++) await write(running.stdin, picture(frame));
    running.stdin.end();
    await kept;
    const { signal } = new AbortController();
    const recording = await probe(file, tools);
    const common = { recording, frameCount: FRAMES, sceneCuts: [CUT], tools, signal };
    request = { ...common, copy: fileAddress(file), frame: 80, area: placeAt(80) };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stays on what it showed, both ways, to the borders of the shot', async () => {
    const { keyframes, backward, forward } = await followBothWays(request);
    const path = { start: keyframes[0]!, end: keyframes[keyframes.length - 5]!, keyframes };
    expect([path.start, path.end, backward, forward]).toEqual([0, CUT - 1, 'end', 'end']);
    for (let frame = 0; frame < CUT; frame++) expect(iou(boxAt(path, frame)!, placeAt(frame))).toBeGreaterThan(0.75);
  });

  it('ends where it is lost, and says so', async () => {
    const { keyframes, forward } = await followBothWays({ ...request, sceneCuts: [] });
    const end = keyframes[keyframes.length - 5]!;
    expect(forward).toBe('lost');
    expect(end).toBeGreaterThanOrEqual(CUT - 3);
    expect(end).toBeLessThan(CUT + 10);
  });

  it('is one picture long in a shot of one picture', async () => {
    const { keyframes } = await followBothWays({ ...request, sceneCuts: [80, 81] });
    expect([...keyframes].map(Math.round)).toEqual([80, ...Object.values(placeAt(80))]);
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const following = followBothWays({ ...request, signal: controller.signal });
    controller.abort();
    await expect(following).rejects.toMatchObject({ error: { code: 'cancelled' } });
  });
});
