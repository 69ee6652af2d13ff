import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const COLOUR = [200, 60, 80] as const;
const HEX = COLOUR.map((part) => part.toString(16).padStart(2, '0')).join('');

async function ffmpeg(args: readonly string[]): Promise<Buffer> {
  const { stdout, code, stderr } = await collect('ffmpeg', ['-v', 'error', '-y', ...args]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe('law 11: colours come out as a player shows them in the recording', () => {
  it.each([
    ['HD without tags', '1280x720', 'bt709', 'tv', []],
    ['HD tagged BT.709', '1280x720', 'bt709', 'tv', ['-colorspace', 'bt709', '-color_range', 'tv']],
    ['HD tagged BT.601', '1280x720', 'bt601', 'tv', ['-colorspace', 'smpte170m']],
    ['HD in full range', '1280x720', 'bt709', 'pc', ['-colorspace', 'bt709', '-color_range', 'pc']],
    ['SD without tags', '640x480', 'bt601', 'tv', []],
    ['SD tagged BT.709', '640x480', 'bt709', 'tv', ['-colorspace', 'bt709']],
  ] as const)('%s', async (name, size, matrix, range, tags) => {
    const input = join(folder.path, `${name}.mp4`);
    const output = join(folder.path, `${name} clip.mp4`);
    const source = `color=0x${HEX}:size=${size}:rate=25:duration=1,format=rgb24`;
    const filter = `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv420p`;
    await ffmpeg(['-f', 'lavfi', '-i', source, '-vf', filter, '-c:v', 'libx264', '-crf', '10', ...tags, input]);
    const ran = await runProduct(['anonymise', input, '-o', output, '--quality', 'fast', '--json']);
    expect(ran.code).toBe(0);
    // Planar RGB comes out as green, blue, red.
    const shown = 'scale=in_color_matrix=bt709:in_range=tv,format=gbrp,crop=1:1';
    const [green, blue, red] = await ffmpeg(['-i', output, '-frames:v', '1', '-vf', shown, '-f', 'rawvideo', 'pipe:1']);
    const pixel = [red, green, blue];
    COLOUR.forEach((part, index) => expect(Math.abs(pixel[index]! - part)).toBeLessThanOrEqual(4));
  });
});

describe('a recording that is larger than what is analysed', () => {
  it('is known again in the rendering pass, even where it is nothing but noise', async () => {
    const input = join(folder.path, '4k.mp4');
    const output = join(folder.path, '4k clip.mp4');
    const source = 'color=gray:size=3840x2160:rate=25:duration=0.4,noise=alls=100:allf=t';
    await ffmpeg(['-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', input]);
    const ran = await runProduct([
      'anonymise',
      input,
      '-o',
      output,
      '--quality',
      'fast',
      '--json',
      '--accept-findings',
    ]);
    expect(ran.events.at(-1)).toMatchObject({ event: 'done' });
  });
});
