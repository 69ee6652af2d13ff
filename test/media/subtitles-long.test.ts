import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptRanges, type ValidPlan } from '../../core/plan/plan.ts';
import { clipWords, type Cue } from '../../core/subtitles/cue.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { joinParts } from '../../native/join.ts';
import type { SoundSource } from '../../native/sound/sound-track.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { checkWords } from '../../native/words-check.ts';
import { planWith } from '../fixtures/plan.ts';
import { workFolder } from '../fixtures/product.ts';
import { planSpoken } from '../fixtures/render-sound.ts';
import { composeSpoken, TURNS, writeSpoken } from '../fixtures/spoken-lesson.ts';

const folder = workFolder();
afterAll(() => folder.remove());
const MINUTES = 40;
const LONG = planWith(MINUTES * 60 * 25, []);

async function writePart(name: string, frames: number): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', `color=c=gray:s=64x64:r=25:d=${frames / 25}`];
  const args = [...picture, '-c:v', 'libx264', '-preset', 'ultrafast', join(folder.path, name)];
  expect((await collect('ffmpeg', ['-v', 'error', ...args])).code).toBe(0);
}
beforeAll(() => writePart('lang.mp4', LONG.sourceFrames));

/** Words of the joined clip that are not those that were asked for. */
async function wrongWords(part: string, plan: ValidPlan, cues: readonly Cue[], source?: SoundSource): Promise<unknown> {
  const tools = await locateFfmpeg();
  const words = clipWords(cues, { ...plan, kept: keptRanges(plan) });
  expect(words.length).toBeGreaterThan(0);
  const parts = [{ name: part, from: 0, to: plan.sourceFrames }];
  await joinParts({ shelf: new PlainShelf(folder.path), parts, plan, tools, source, cues: words }, 'clip.mp4');
  const [check] = await checkWords(fileAddress(join(folder.path, 'clip.mp4')), words, tools);
  return check!.measured;
}

it.each<[string, readonly Cue[]]>([
  ['at the begin alone', [{ from: 0, to: 1.2, text: 'Goedemorgen.' }]],
  ['after more than half an hour', [{ from: 2300.04, to: 2302, text: 'Tot morgen.' }]],
  [
    'far apart',
    [
      { from: 3, to: 4, text: 'Goedemorgen.' },
      { from: 2300.04, to: 2400, text: 'Tot morgen.' },
    ],
  ],
  ['all the time', [{ from: 0, to: 9999, text: 'Groep 7, rekenen.' }]],
])('words of a long lesson may stand %s', async (_, cues) => {
  expect(await wrongWords('lang.mp4', LONG, cues)).toBe(0);
});

it('sound goes on long after the last words', async () => {
  const input = join(folder.path, 'les.mp4');
  const lesson = await composeSpoken(TURNS.slice(0, 3));
  await writeSpoken(input, lesson);
  const { plan, source } = await planSpoken(input, { kept: [{ from: 1, to: 3 }] });
  await writePart('kort.mp4', plan.sourceFrames);
  expect(await wrongWords('kort.mp4', plan, [{ from: 0.1, to: 0.25, text: 'Ja.' }], source)).toBe(0);
});
