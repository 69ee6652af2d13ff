import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseSubtitles, type Cue } from '../../core/subtitles/cue.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { checkWords } from '../../native/words-check.ts';
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

it('refuses a list of words that is not there', async () => {
  const missing = join(folder.path, 'geen.txt');
  const { code, events } = await anonymise(
    join(folder.path, 'x.mp4'),
    '--subtitles',
    words,
    '--subtitle-words',
    missing,
  );
  expect({ code, last: events.at(-1) }).toMatchObject({
    code: 7,
    last: { code: 'subtitles-words-missing', path: missing },
  });
});

it.each([
  ['beside sound', ['--sound', 'kept']],
  ['without sound', []],
])('go along as a track of their own, with their picture, %s', async (_, sound) => {
  const clip = join(folder.path, `clip-${sound.length}.mp4`);
  const { code, events } = await anonymise(clip, '--subtitles', words, '--subtitle-words', harmless, ...sound);
  expect({ code, last: events.at(-1) }).toMatchObject({ code: 0, last: { event: 'done', report: { passed: true } } });
  const { stdout } = await collect('ffmpeg', ['-v', 'error', '-i', clip, '-map', '0:s:0', '-f', 'srt', 'pipe:1']);
  const blocks = stdout.toString('utf8').replaceAll('\r', '').trim().split('\n\n');
  const shown = blocks.filter((block) => !block.includes('\u200B')).map((block) => block.replace(/^\d+\n/, ''));
  expect(shown).toEqual([
    '00:00:00,400 --> 00:00:01,200\nPak je boek.',
    '00:00:02,400 --> 00:00:03,600\nIn Nederland,\nzo gezegd: 3 < 5 & (x).',
  ]);
});

it('are read back by the check, word for word', async () => {
  const clip = join(folder.path, 'clip-0.mp4');
  const tools = await locateFfmpeg();
  const failures = async (words: readonly Cue[]) => {
    const [check] = await checkWords(fileAddress(clip), words, tools);
    return check!.measured;
  };
  const first = { from: 0.4, to: 1.2, text: 'Pak je boek.' };
  const second = { from: 2.4, to: 3.6, text: 'In Nederland,\nzo gezegd: 3 < 5 & (x).' };
  expect(await failures([first, second])).toBe(0);
  expect(await failures([first])).toBe(1);
  expect(await failures([first, { ...second, text: 'In Nederland' }])).toBe(1);
  expect(await failures([{ ...first, to: 1.201 }, second])).toBe(1);
  expect(await failures([first, second, { from: 4, to: 5, text: 'nog iets' }])).toBe(1);
  expect(await failures([second, first])).toBe(2);
});

it('are in the clip as they were typed, whatever the script', async () => {
  const [file, clip] = ['vreemd.vtt', 'vreemd.mp4'].map((name) => join(folder.path, name)) as [string, string];
  const lines = ['ça va “goed” – 1 > 0 & 2', 'مرحبا يا أولاد', '日本語のクラス 🧮', 'één; #1 -- <<', '1'];
  const cues = lines.map(
    (_text, at) => `00:00:0${(at * 0.377).toFixed(3)} --> 00:00:0${(at * 0.377 + 0.3).toFixed(3)}`,
  );
  const escaped = lines.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  const words = `WEBVTT\n\n${cues.map((times, at) => `${times}\n${escaped[at]}\n`).join('\n')}`;
  writeFileSync(file, words);
  expect(parseSubtitles(words)).toMatchObject({ ok: true, cues: lines.map((text) => ({ text })) });
  const { code, events } = await anonymise(clip, '--subtitles', file);
  expect({ code, last: events.at(-1) }).toMatchObject({ code: 0, last: { event: 'done', report: { passed: true } } });
});
