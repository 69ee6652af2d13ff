import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { decodeLuma } from '../fixtures/indexed-clip.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const SIZE = { width: 1280, height: 720 };
const SECONDS = 8;
/** Ten pictures of every second are cut, and those alone are bright. */
const CUT = { from: 0.4, to: 0.8 };
const DARK = 90;

it('nothing of a cut picture is in the clip, not even in the last one before it', async () => {
  const input = join(folder.path, 'bright where cut.mp4');
  const output = join(folder.path, 'clip.mp4');
  const decisions = join(folder.path, 'decisions.json');
  const bright = `drawbox=c=white:t=fill:enable='between(mod(n,25),${CUT.from * 25},${CUT.to * 25 - 1})'`;
  const source = `color=c=0x303030:s=${SIZE.width}x${SIZE.height}:r=25:d=${SECONDS},noise=alls=12:allf=t`;
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', `${source},${bright}`];
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', `file:${input}`];
  expect((await collect('ffmpeg', [...args, ...encode])).code).toBe(0);
  const cuts = Array.from({ length: SECONDS }, (_, second) => ({ from: second + CUT.from, to: second + CUT.to }));
  writeFileSync(decisions, JSON.stringify({ version: 1, cuts }));

  const run = ['anonymise', input, '-o', output, '--quality', 'fast', '--decisions', decisions];
  expect(await runProduct(run)).toMatchObject({ code: 0 });
  const brightest = (await decodeLuma(output, SIZE.width, SIZE.height)).map((luma) =>
    luma.reduce((most, value) => Math.max(most, value), 0),
  );
  expect(brightest).toHaveLength(SECONDS * 15);
  expect(brightest.flatMap((most, index) => (most > DARK ? [index] : []))).toEqual([]);
});
