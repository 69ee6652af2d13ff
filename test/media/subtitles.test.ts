import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const [input, words, harmless, decisions] = ['les.mp4', 'les.srt', 'woorden.txt', 'knip.json'].map((name) =>
  join(folder.path, name),
) as [string, string, string, string];
const SUBTITLES = `1
00:00:00,400 --> 00:00:01,200
Pak <i>je</i> boek.

2
00:00:02,200 --> 00:00:02,800
Dit is geknipt.

3
00:00:03,400 --> 00:00:04,600
In Nederland,
zo gezegd: 3 < 5 & {x}.
`;

beforeAll(async () => {
  const picture = ['-f', 'lavfi', '-i', 'color=c=gray:s=160x120:r=25:d=5,noise=alls=12'];
  const tone = ['-f', 'lavfi', '-i', 'sine=f=300:d=5', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  expect((await collect('ffmpeg', ['-v', 'error', ...picture, ...tone, input])).code).toBe(0);
  writeFileSync(words, SUBTITLES);
  writeFileSync(harmless, 'Nederland\n');
  const sound = { kept: [{ from: 1, to: 4 }] };
  writeFileSync(decisions, JSON.stringify({ version: 1, cuts: [{ from: 2, to: 3 }], sound }));
});

const anonymise = (clip: string, ...more: string[]) =>
  runProduct(['anonymise', input, '-o', clip, '--quality', 'fast', '--json', '--decisions', decisions, ...more]);

it('refuses words that may be names, with where they stand', async () => {
  const { code, events } = await anonymise(join(folder.path, 'geen.mp4'), '--subtitles', words);
  const names = [{ word: 'Nederland', at: 3.4 }];
  expect({ code, last: events.at(-1) }).toMatchObject({ code: 7, last: { code: 'subtitles-names', names } });
});

it.each([
  ['beside sound', ['--sound', 'kept']],
  ['without sound', []],
])('go along as a track of their own, with their picture, %s', async (_, sound) => {
  const clip = join(folder.path, `clip-${sound.length}.mp4`);
  const { code, events } = await anonymise(clip, '--subtitles', words, '--subtitle-words', harmless, ...sound);
  expect({ code, last: events.at(-1) }).toMatchObject({ code: 0, last: { event: 'done', report: { passed: true } } });
  const { stdout } = await collect('ffmpeg', ['-v', 'error', '-i', clip, '-map', '0:s:0', '-f', 'srt', 'pipe:1']);
  const shown = stdout.toString('utf8').replaceAll('\r', '').trim();
  expect(shown.replace(/\n\n\d+\n[^\n]*\n\u200B/, '')).toBe(
    [
      '1\n00:00:00,400 --> 00:00:01,200\nPak je boek.',
      '3\n00:00:02,400 --> 00:00:03,600\nIn Nederland,\nzo gezegd: 3 < 5 & (x).',
    ].join('\n\n'),
  );
});
